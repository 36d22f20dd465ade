import { formatDay } from '#calendar';
import type { Text } from '#kernel';
import type { Form, Post } from '../form.ts';
import { both, euros } from './paper.ts';

/** The kinds of posts as texts name them. */
export const POST_NAMES: { readonly [kind in NonNullable<Post['kind']>]: Text } = {
  coordination: { de: 'Koordinierungsstelle', en: 'coordination post' },
  adminAssistant: { de: 'Verwaltungsassistenz', en: 'administrative assistant post' },
  caseManagement: { de: 'Individuelles Case Management', en: 'individual case management post' },
  authority: { de: 'Stelle in der Ausländer- oder Einbürgerungsbehörde', en: 'post in a foreigner or naturalization authority' },
};

/** The lines that are no posts, as texts name them. */
export const LINE_NAMES: { readonly [line: string]: Text } = {
  workplaces: { de: 'Arbeitsplatzausstattung', en: 'workplace equipment' },
  events: { de: 'Veranstaltungsformate', en: 'event formats' },
  interfaces: { de: 'Maßnahmen an Schnittstellen', en: 'measures to improve interfaces' },
};

const OPEN: Text = { de: '(offen)', en: '(open)' };
const answer = (value: boolean | undefined): Text => (value === undefined ? OPEN : value ? { de: 'ja', en: 'yes' } : { de: 'nein', en: 'no' });

const share = (thousandths: number | undefined, language: 'de' | 'en'): string =>
  (thousandths === undefined ? OPEN[language] : (thousandths / 1000).toFixed(3).replace('.', language === 'de' ? ',' : '.'));

/** A post in one line: kind, share, period, and for whom. */
export const postInWords = ({ kind, fteThousandths, from, to, beneficiary }: Post): Text => both((language) => {
  const parts = [
    kind === undefined ? OPEN[language] : POST_NAMES[kind][language],
    `${share(fteThousandths, language)} ${language === 'de' ? 'VZÄ' : 'FTE'}`,
    `${from === undefined ? OPEN[language] : formatDay(from, language)} – ${to === undefined ? OPEN[language] : formatDay(to, language)}`,
  ];
  const forWhom = beneficiary?.name ?? beneficiary?.key;
  return [...parts, ...(forWhom === undefined ? [] : [`${language === 'de' ? 'für' : 'for'} ${forWhom}`])].join(', ');
});

/** The whole form as readable text: what goes back to an applicant whose draft has lapsed. */
export const formInWords = (form: Form): Text => both((language) => {
  const row = (name: Text, value: Text): string => `- ${name[language]}: ${value[language]}`;
  return [
    row({ de: 'Kommunales Integrationszentrum', en: 'Municipal integration centre' }, answer(form.integrationCentre)),
    row({ de: 'Ausländerbehörde', en: 'Foreigner authority' }, answer(form.foreignersAuthority)),
    row({ de: 'Einbürgerungsbehörde', en: 'Naturalization authority' }, answer(form.naturalizationAuthority)),
    ...(form.posts ?? []).map((post) => row({ de: `Stelle ${post.id ?? ''}`.trim(), en: `Post ${post.id ?? ''}`.trim() }, postInWords(post))),
    row({ de: 'Arbeitsplätze', en: 'Workplaces' }, both(() => String(form.workplaces ?? 0))),
    row({ de: 'Veranstaltungsformate', en: 'Event formats' }, euros(form.eventsCents ?? 0)),
    row({ de: 'Schnittstellen', en: 'Interfaces' }, euros(form.interfacesCents ?? 0)),
    row({ de: 'Kontoinhaber', en: 'Account holder' }, both(() => form.payee?.holder ?? OPEN[language])),
    row({ de: 'Keine Doppelförderung', en: 'No double funding' }, answer(form.declarations?.noDoubleFunding)),
    row({ de: 'Handlungskonzept des Landes', en: 'State action concept' }, answer(form.declarations?.statePlan)),
  ].join('\n');
});
