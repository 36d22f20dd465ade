import { z } from 'zod';
import type { Json, MatchVerdict, Text } from '#kernel';
import { amountsOf, cycleOf, type Amounts } from './cycle.ts';
import { postSchema, type Post } from './form.ts';
import { postMaximum } from './money.ts';

const answer = z.boolean().nullable();

/** What somebody tells us about a municipality before applying; null where they do not know. */
export const matchSchema = z.strictObject({
  kind: z.enum(['district', 'city', 'member']),
  integrationCentre: answer,
  foreignersAuthority: answer,
  naturalizationAuthority: answer,
  youthWelfareOffice: answer,
  integrationCouncil: answer,
  posts: z.array(postSchema).max(200).optional(),
});

type Query = z.infer<typeof matchSchema>;

/** Yes, no, or nobody knows yet. */
type Truth = boolean | null;

const either = (a: Truth, b: Truth): Truth => (a === true || b === true ? true : a === null || b === null ? null : false);

interface Condition {
  readonly code: string;
  readonly holds: Truth;
  readonly needed: Text;
}

const INTEGRATION_CENTRE: Text = { de: 'ein Kommunales Integrationszentrum', en: 'a municipal integration centre' };
const OWN_AUTHORITY: Text = { de: 'eine eigene Ausländer- oder Einbürgerungsbehörde', en: 'an own foreigner or naturalization authority' };

function conditions(query: Query, amounts: Amounts | null): readonly Condition[] {
  const entitled = (holds: Truth, needed: Text): Condition => ({ code: 'applicantEntitled', holds, needed });
  if (query.kind === 'member') {
    return [
      entitled(query.foreignersAuthority, { de: 'eine Ausländerbehörde', en: 'a foreigner authority' }),
      entitled(query.youthWelfareOffice, { de: 'ein Jugendamt', en: 'a youth welfare office' }),
      entitled(query.integrationCouncil, { de: 'einen Integrationsrat', en: 'an integration council' }),
      ...(query.posts ?? []).filter(({ kind }, index) => index > 0 || (kind ?? 'coordination') !== 'coordination')
        .map(() => entitled(false, { de: 'eine einzige Koordinierungsstelle als Gegenstand', en: 'a single coordination post to apply for' })),
      ...shares(query, amounts),
    ];
  }
  const kinds = query.posts?.flatMap(({ kind }) => kind ?? []) ?? [];
  const onlyAuthority = kinds.length > 0 && kinds.every((kind) => kind === 'authority');
  return [
    ...(onlyAuthority ? [] : [entitled(query.integrationCentre, INTEGRATION_CENTRE)]),
    entitled(either(query.foreignersAuthority, query.naturalizationAuthority), OWN_AUTHORITY),
    ...shares(query, amounts),
  ];
}

const shares = ({ posts = [] }: Query, amounts: Amounts | null): readonly Condition[] => {
  const minimum = amounts?.figures.minimumFteThousandths ?? 0;
  return posts.some(({ fteThousandths = minimum }) => fteThousandths < minimum)
    ? [{ code: 'fteAtLeastHalf', holds: false, needed: { de: 'mindestens eine halbe Stelle', en: 'at least half a post' } }] : [];
};

const reason = ({ code, holds, needed }: Condition): { code: string; text: Text } => ({
  code,
  text: holds === null
    ? { de: `Noch offen: Nötig ist ${needed.de}.`, en: `Not known yet: this needs ${needed.en}.` }
    : { de: `Nötig ist ${needed.de}.`, en: `This needs ${needed.en}.` },
});

/** A post somebody has only begun to describe: a full one for the whole year. */
const assumed = (post: Post, { fundingYear }: Amounts): Post =>
  ({ fteThousandths: 1_000, from: `${fundingYear}-01-01`, to: `${fundingYear}-12-31`, ...post });

/** Whether KIM fits, through whom to apply and up to how much; what nobody answered leaves the verdict open. */
export function match(stored: Json, cycle: Json | null): MatchVerdict {
  const query = stored as unknown as Query;
  const amounts = cycle === null ? null : amountsOf(cycleOf(cycle));
  const all = conditions(query, amounts);
  const verdict = all.some(({ holds }) => holds === false) ? 'doesNotFit' : all.some(({ holds }) => holds === null) ? 'unknown' : 'fits';
  const maximum = query.posts === undefined || amounts === null || verdict === 'doesNotFit' ? null
    : query.posts.reduce((total, post) => total + postMaximum(assumed(post, amounts), amounts), 0);
  return {
    verdict,
    applyThrough: query.kind === 'member' ? 'district' : 'self',
    reasons: all.filter(({ holds }) => holds !== true).map(reason),
    maximumCents: maximum,
  };
}
