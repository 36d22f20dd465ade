import { electronicFormatIBAN, isValidIBAN } from 'ibantools';
import { cents, formatEur } from '#money';
import type { Assessment, Facts, Finding, Json, Text } from '#kernel';
import type { Amounts } from './cycle.ts';
import type { Form, Post } from './form.ts';
import { holderTold } from './holder.ts';
import { amountOf, linesOf, postCap } from './money.ts';

type Applicant = Facts['applicant'];

/** Who may apply: the 53 districts and cities that belong to no district. */
export const mayApply = ({ kind }: Applicant): boolean => kind === 'Kreis' || kind === 'kreisfreie Stadt';

/** Whether money can go there: a named holder and an IBAN whose check digits are right. */
export const payeeIsGiven = ({ payee }: Form): boolean => !blank(payee?.holder) && ibanIsValid(payee?.iban);

const ibanIsValid = (iban: string | undefined): boolean => iban !== undefined && isValidIBAN(electronicFormatIBAN(iban) ?? '');

/** Eligibility, completeness, lines and amount of a form: the same rules while typing, at the signature and afterwards. */
export function assess(form: Form, amounts: Amounts, applicant: Applicant, hasConcept: boolean): Assessment {
  const lines = linesOf(form, amounts);
  const posts = (form.posts ?? []).flatMap((post, index) => postFindings(post, `/posts/${index}`, form, amounts, applicant));
  return {
    findings: [...head(form, lines.length), ...posts, ...beneficiaryTwice(form), ...caps(form, amounts), ...closing(form, hasConcept)],
    lines,
    amountCents: amountOf(lines),
  };
}

const finding = (code: string, path: string, actual: Json | undefined, required: Json, text: Text): Finding =>
  ({ code, path, actual: actual ?? null, required, text });

const missing = (path: string, actual?: Json): Finding =>
  finding('formComplete', path, actual, true, { de: 'Diese Angabe fehlt noch.', en: 'This entry is still missing.' });

const blank = (value: unknown): boolean => value === undefined || (typeof value === 'string' && value.trim() === '');

/** A finding for each named field of a part that is missing or empty. */
const absent = <Part extends object>(part: Part, path: string, fields: readonly (keyof Part & string)[]): readonly Finding[] =>
  fields.filter((field) => blank(part[field])).map((field) => missing(`${path}/${field}`));

function head(form: Form, lineCount: number): readonly Finding[] {
  return [
    ...absent(form, '', ['integrationCentre', 'foreignersAuthority', 'naturalizationAuthority']),
    ...(lineCount > 0 ? [] : [finding('formComplete', '/posts', 0, 1, { de: 'Es ist noch nichts beantragt.', en: 'Nothing has been applied for yet.' })]),
  ];
}

function postFindings(post: Post, path: string, form: Form, amounts: Amounts, applicant: Applicant): readonly Finding[] {
  return [
    ...absent(post, path, ['id', 'kind', 'fteThousandths', 'from', 'to', 'place', 'additional']),
    ...share(post, path, amounts),
    ...period(post, path, amounts),
    ...requested(post, path, amounts),
    ...(post.additional === false ? [finding('additionalPost', `${path}/additional`, false, true, {
      de: 'Gefördert werden nur zusätzliche Stellen.', en: 'Only additional posts are funded.' })] : []),
    ...needs(post, path, form, amounts),
    ...forMember(post, path, amounts, applicant),
  ];
}

function share({ fteThousandths }: Post, path: string, { figures: { minimumFteThousandths, maximumFteThousandths } }: Amounts): readonly Finding[] {
  if (fteThousandths === undefined) return [];
  return [
    ...(fteThousandths >= minimumFteThousandths ? [] : [finding('fteAtLeastHalf', `${path}/fteThousandths`, fteThousandths, minimumFteThousandths, {
      de: 'Eine besetzte Stelle unter einer halben Stelle ist nicht förderfähig.', en: 'A filled post of less than half a full post cannot be funded.' })]),
    ...(fteThousandths <= maximumFteThousandths ? [] : [finding('withinCap', `${path}/fteThousandths`, fteThousandths, maximumFteThousandths, {
      de: 'Eine Stelle umfasst höchstens eine volle Stelle.', en: 'A post is at most one full post.' })]),
  ];
}

function period({ from, to }: Post, path: string, { fundingYear }: Amounts): readonly Finding[] {
  const outside = ([['from', from], ['to', to]] as const).filter(([, day]) => day !== undefined && !day.startsWith(`${fundingYear}-`));
  return [
    ...outside.map(([field, day]) => finding('formComplete', `${path}/${field}`, day, String(fundingYear), {
      de: `Der Zeitraum muss im Förderjahr ${fundingYear} liegen.`, en: `The period must lie in the funding year ${fundingYear}.` })),
    ...(from === undefined || to === undefined || from <= to ? [] : [finding('formComplete', `${path}/to`, to, from, {
      de: 'Der Zeitraum endet, bevor er beginnt.', en: 'The period ends before it begins.' })]),
  ];
}

const aboveCap = (path: string, actual: number, capCents: number): Finding => finding('withinCap', path, actual, capCents, {
  de: `Förderfähig sind höchstens ${formatEur(cents(capCents), 'de')}.`, en: `At most ${formatEur(cents(capCents), 'en')} can be funded.` });

function requested(post: Post, path: string, amounts: Amounts): readonly Finding[] {
  const { requestedCents } = post;
  if (requestedCents === undefined) return [];
  if (requestedCents === 0) {
    return [finding('formComplete', `${path}/requestedCents`, 0, 1, {
      de: 'Bitte einen Betrag angeben oder das Feld frei lassen.', en: 'Please give an amount or leave the field empty.' })];
  }
  const computable = [post.kind, post.from, post.to].every((value) => value !== undefined)
    && (post.fteThousandths ?? 0) >= amounts.figures.minimumFteThousandths;
  const capCents = postCap(post, amounts);
  return computable && requestedCents > capCents ? [aboveCap(`${path}/requestedCents`, requestedCents, capCents)] : [];
}

const entitled = (path: string, actual: Json | undefined, required: Json, text: Text): Finding => finding('applicantEntitled', path, actual, required, text);

/** What the applicant must have for a post of this kind, as the round's figures say. */
function needs({ kind }: Post, path: string, form: Form, { figures }: Amounts): readonly Finding[] {
  const required = kind === undefined ? [] : figures.posts[kind].needs;
  return required.flatMap((need) => {
    if (need === 'integrationCentre') {
      return form.integrationCentre !== false ? [] : [entitled(`${path}/kind`, kind, need, {
        de: 'Für diese Stelle ist ein Kommunales Integrationszentrum nötig.', en: 'This post needs a municipal integration centre.' })];
    }
    return form.foreignersAuthority !== false || form.naturalizationAuthority !== false ? [] : [entitled(`${path}/kind`, kind, need, {
      de: 'Für diese Stelle ist eine eigene Ausländer- oder Einbürgerungsbehörde nötig.',
      en: 'This post needs an own foreigner or naturalization authority.' })];
  });
}

const BENEFICIARY_NEEDS: { readonly [need: string]: Text } = {
  foreignersAuthority: { de: 'eine Ausländerbehörde', en: 'a foreigner authority' },
  youthWelfareOffice: { de: 'ein Jugendamt', en: 'a youth welfare office' },
  integrationCouncil: { de: 'einen Integrationsrat', en: 'an integration council' },
};

/** A post for a member municipality comes through its district: a coordination post, one for each municipality. */
function forMember({ beneficiary, kind }: Post, postPath: string, { figures }: Amounts, applicant: Applicant): readonly Finding[] {
  if (beneficiary === undefined) return [];
  const path = `${postPath}/beneficiary`;
  return [
    ...absent(beneficiary, path, ['key', 'name', ...figures.beneficiaryNeeds]),
    ...(applicant.kind === 'Kreis' ? [] : [entitled(path, applicant.kind, 'Kreis', {
      de: 'Nur ein Kreis beantragt Stellen für seine Gemeinden.', en: 'Only a district applies for posts of its municipalities.' })]),
    ...(kind === undefined || kind === 'coordination' ? [] : [entitled(`${postPath}/kind`, kind, 'coordination', {
      de: 'Für eine kreisangehörige Gemeinde wird nur eine Koordinierungsstelle gefördert.',
      en: 'Only a coordination post is funded for a municipality of a district.' })]),
    ...(beneficiary.key === undefined || beneficiary.key.startsWith(applicant.key) ? [] : [entitled(`${path}/key`, beneficiary.key, applicant.key, {
      de: 'Diese Gemeinde gehört nicht zum antragstellenden Kreis.', en: 'This municipality does not belong to the applying district.' })]),
    ...figures.beneficiaryNeeds.filter((need) => beneficiary[need] === false).map((need) => entitled(`${path}/${need}`, false, true, {
      de: `Die Gemeinde braucht ${BENEFICIARY_NEEDS[need]?.de}.`, en: `The municipality needs ${BENEFICIARY_NEEDS[need]?.en}.` })),
  ];
}

function beneficiaryTwice({ posts = [] }: Form): readonly Finding[] {
  const keys = posts.map(({ beneficiary }) => beneficiary?.key);
  return keys.flatMap((key, index) => (key === undefined || keys.indexOf(key) === index ? [] : [entitled(`/posts/${index}/beneficiary/key`, key, 1, {
    de: 'Für jede Gemeinde wird nur eine zusätzliche Stelle gefördert.', en: 'Only one additional post is funded for each municipality.' })]));
}

function caps({ posts = [], workplaces = 0, eventsCents = 0, interfacesCents = 0 }: Form, { figures }: Amounts): readonly Finding[] {
  return [
    ...(workplaces <= posts.length ? [] : [finding('withinCap', '/workplaces', workplaces, posts.length, {
      de: 'Arbeitsplätze werden höchstens so viele gefördert wie Stellen.', en: 'There are at most as many workplaces as posts.' })]),
    ...(eventsCents <= figures.eventsCents ? [] : [aboveCap('/eventsCents', eventsCents, figures.eventsCents)]),
    ...(interfacesCents <= figures.interfacesCents ? [] : [aboveCap('/interfacesCents', interfacesCents, figures.interfacesCents)]),
  ];
}

/** A name that no bank file carries is said while it is typed: at the payment it would be too late. */
function holder(name: string | undefined): readonly Finding[] {
  const told = holderTold(name);
  return told === null ? [] : [finding('holderFits', '/payee/holder', name, told.required, told.text)];
}

function closing({ payee = {}, declarations = {} }: Form, hasConcept: boolean): readonly Finding[] {
  return [
    ...absent(payee, '/payee', ['iban', 'holder']),
    ...(blank(payee.iban) || ibanIsValid(payee.iban) ? [] : [finding('formComplete', '/payee/iban', payee.iban, true, {
      de: 'Diese IBAN stimmt nicht; bitte die Prüfziffern vergleichen.', en: 'This IBAN is not valid; please compare its check digits.' })]),
    ...holder(payee.holder),
    ...(declarations.statePlan === true ? [] : [finding('formComplete', '/declarations/statePlan', declarations.statePlan, true, {
      de: 'Bitte erklären, dass das Konzept auf dem Handlungskonzept des Landes beruht.',
      en: 'Please declare that the concept rests on the state action concept.' })]),
    ...(declarations.noDoubleFunding === true ? [] : [finding('noDoubleFunding', '/declarations/noDoubleFunding', declarations.noDoubleFunding, true, {
      de: 'Bitte erklären, dass keine andere Förderung für denselben Zweck besteht.',
      en: 'Please declare that nobody else funds the same purpose.' })]),
    ...(hasConcept ? [] : [finding('conceptAttached', '/concept', null, true, {
      de: 'Das Umsetzungskonzept (PDF) fehlt noch.', en: 'The implementation concept (PDF) is still missing.' })]),
  ];
}
