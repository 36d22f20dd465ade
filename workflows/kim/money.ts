import { cents, proRataByDays, proRataByMonths, split, sum, type Cents } from '#money';
import type { GrantLine } from '#kernel';
import type { Amounts } from './cycle.ts';
import type { Form, Post } from './form.ts';

/** The most that can be granted for a line: what was asked for, or its cap. */
export interface Line {
  readonly line: string;
  readonly maximumCents: Cents;
}

const NOTHING = cents(0);
const least = (requested: number | undefined, cap: Cents): Cents => cents(Math.min(requested ?? cap, cap));

/** The cap of a post: its annual amount for its share and its months or days within the funding year, rounded down once. */
export function postCap(post: Post, { fundingYear, figures }: Amounts): Cents {
  if (post.kind === undefined || post.fteThousandths === undefined || post.from === undefined || post.to === undefined) return NOTHING;
  if (post.fteThousandths < figures.minimumFteThousandths) return NOTHING;
  const from = post.from > `${fundingYear}-01-01` ? post.from : `${fundingYear}-01-01`;
  const to = post.to < `${fundingYear}-12-31` ? post.to : `${fundingYear}-12-31`;
  if (to < from) return NOTHING;
  const { annualCents, by } = figures.posts[post.kind];
  const share = by === 'flat' ? 1_000 : Math.min(post.fteThousandths, figures.maximumFteThousandths);
  return figures.proRata === 'days'
    ? proRataByDays(cents(annualCents), share, from, to)
    : proRataByMonths(cents(annualCents), share, from, to, figures);
}

/** What is asked for a post, never more than its cap. */
export const postMaximum = (post: Post, amounts: Amounts): Cents => least(post.requestedCents, postCap(post, amounts));

/** The lines of an application: one for each post, under its id, then what else is asked for. */
export function linesOf(form: Form, amounts: Amounts): readonly Line[] {
  const { workplaceCents, eventsCents, interfacesCents } = amounts.figures;
  const posts = form.posts ?? [];
  const workplaces = Math.min(form.workplaces ?? 0, posts.length);
  const others = [
    { line: 'workplaces', maximumCents: cents(workplaceCents * workplaces) },
    { line: 'events', maximumCents: least(form.eventsCents ?? 0, cents(eventsCents)) },
    { line: 'interfaces', maximumCents: least(form.interfacesCents ?? 0, cents(interfacesCents)) },
  ];
  return [
    ...posts.flatMap((post) => (post.id === undefined ? [] : [{ line: post.id, maximumCents: postMaximum(post, amounts) }])),
    ...others.filter(({ maximumCents }) => maximumCents > 0),
  ];
}

/** The amount of an application. */
export const amountOf = (lines: readonly { readonly maximumCents: number }[]): Cents => sum(lines.map(({ maximumCents }) => cents(maximumCents)));

/** Lines nobody has decided yet. */
export const undecided = (lines: readonly Line[]): readonly GrantLine[] =>
  lines.map((line) => ({ ...line, grantedCents: null, decision: null, reason: null }));

/** What an officer decides about one line. */
export interface Verdict {
  readonly line: string;
  readonly decision: 'approve' | 'cut' | 'refuse';
  readonly grantedCents?: number | undefined;
  readonly reason?: string | undefined;
}

const NO_WORKPLACE = 'Arbeitsplatzausstattung folgt der Stelle: Für eine abgelehnte Stelle wird keine gefördert.';

/** The decided lines. Refusing a post refuses its workplace: there are never more workplaces than funded posts. */
export function decide(lines: readonly GrantLine[], verdicts: readonly Verdict[], form: Form, { figures }: Pick<Amounts, 'figures'>): readonly GrantLine[] {
  const decided = lines.map((line) => decideOne(line, verdicts.find((verdict) => verdict.line === line.line)));
  const limitCents = workplacesLimitCents(decided, form, { figures });
  return decided.map((line) => (line.line === 'workplaces' && (line.grantedCents ?? 0) > limitCents
    ? { ...line, decision: limitCents === 0 ? 'refuse' : 'cut', grantedCents: limitCents, reason: NO_WORKPLACE }
    : line));
}

/** What can be granted for workplaces: one for each post that is funded, and no more than were asked for. */
export function workplacesLimitCents(lines: readonly GrantLine[], form: Form, { figures }: Pick<Amounts, 'figures'>): Cents {
  const funded = (form.posts ?? []).filter(({ id }) => lines.some(({ line, decision }) => line === id && decision !== 'refuse'));
  return cents(figures.workplaceCents * Math.min(form.workplaces ?? 0, funded.length));
}

function decideOne(line: GrantLine, verdict: Verdict | undefined): GrantLine {
  if (verdict === undefined) throw new Error(`nobody decided the line ${line.line}`);
  const { decision } = verdict;
  if (decision === 'approve') return { ...line, decision, grantedCents: line.maximumCents, reason: null };
  return { ...line, decision, grantedCents: decision === 'cut' ? cents(verdict.grantedCents ?? 0) : 0, reason: verdict.reason ?? null };
}

/** The award: the sum of what its lines grant. Throws where a line grants more than it can. */
export function awardOf(lines: readonly GrantLine[]): Cents {
  const excess = lines.find(({ grantedCents, maximumCents }) => (grantedCents ?? 0) > maximumCents);
  if (excess !== undefined) throw new Error(`the line ${excess.line} grants more than ${excess.maximumCents}`);
  return sum(lines.map(({ grantedCents }) => cents(grantedCents ?? 0)));
}

/** The instalments of an award by the round's weights: each rounded down, the remainder on the last; their sum is the award. */
export function instalmentsOf(award: Cents, { instalmentWeights }: Amounts): readonly Cents[] {
  const parts = split(award, instalmentWeights);
  if (sum(parts) !== award) throw new Error(`the instalments do not add up to ${award}`);
  return parts;
}
