import { isSEPACountry, isValidBIC, isValidIBAN } from 'ibantools';
import type { Context, Failure, Requirement, Situation, Text } from '#kernel';
import { payeeIsGiven } from './checks.ts';
import type { Application, Instalment, PayeeVerification } from './context.ts';
import { cycleOf } from './cycle.ts';
import { HOLDER_REFUSED, holderFits, PROPOSE_IT_SO } from './holder.ts';
import { coolingDownUntil, openChange, payeeIn, payeeInForce, payeeOf, payeesAmong, plainIban, WAITS_FOR, type Payee } from './payee.ts';

const when = (holds: boolean, failure: Failure = {}): true | Failure => (holds ? true : failure);

const requirement = <C extends Context>(
  retry: Requirement['retry'], text: Text, remedy: Text, holds: (situation: Situation<C>) => true | Failure, more: Pick<Requirement, 'ofFields'> = {},
): Requirement<C> => ({ retry, text, remedy, holds, ...more });

const said = ({ event }: Pick<Situation, 'event'>, field: string): string => String(event.data?.[field] ?? '');

/** Whoever reads that a change could be declined may not be the one who can. */
const DECLINERS: Text = {
  de: 'Ablehnen können die zeichnungsberechtigte Person der Kommune, die Sachbearbeitung und die Zweitzeichnung.', en: 'It can be declined by the signatory of the applicant, the case officer and the second approver.',
};

/** The IBAN of an account that a SEPA credit transfer reaches, with the right check digits. */
const ibanIsPayable = (iban: string): boolean => isValidIBAN(iban) && isSEPACountry(iban.slice(0, 2));

/** A bank's code belongs to the country of its accounts. */
const bicFits = (bic: string, iban: string): boolean => isValidBIC(bic) && bic.slice(4, 6) === iban.slice(0, 2);

/** What must hold to propose another payee. */
export const ofThePayeeChange = {
  ibanValid: requirement<Application>('afterChange',
    { de: 'Diese IBAN stimmt nicht, oder ihr Land nimmt an SEPA nicht teil.', en: 'This IBAN is not valid, or its country does not take part in SEPA.' },
    { de: 'Die Prüfziffern mit dem Beleg der Bank vergleichen.', en: 'Compare its check digits with the document of the bank.' },
    (situation) => when(ibanIsPayable(plainIban(said(situation, 'iban')))), { ofFields: true }),
  bicValid: requirement<Application>('afterChange',
    { de: 'Diese BIC stimmt nicht oder gehört in ein anderes Land als die IBAN.', en: 'This BIC is not valid, or belongs to another country than the IBAN.' },
    { de: 'Die BIC berichtigen oder weglassen; die IBAN genügt.', en: 'Correct the BIC or leave it out; the IBAN is enough.' },
    (situation) => when(situation.event.data?.['bic'] === undefined || bicFits(said(situation, 'bic').toUpperCase(), plainIban(said(situation, 'iban')))), { ofFields: true }),
  payeeDiffers: requirement<Application>('afterChange',
    { de: 'Kontoinhaber und IBAN sind die, die schon gelten.', en: 'Holder and IBAN are those that hold already.' },
    { de: 'Es ist nichts zu ändern.', en: 'There is nothing to change.' },
    (situation) => {
      const payee = payeeOf(situation.context, situation.facts.children);
      return when(payee?.holder !== said(situation, 'holder') || payee.iban !== plainIban(said(situation, 'iban')));
    }, { ofFields: true }),
  noOpenPayeeChange: requirement<Application>('afterChange',
    { de: 'Über eine vorgeschlagene Änderung der Bankverbindung ist noch nicht entschieden.', en: 'A proposed change of the bank data has not been decided yet.' },
    {
      de: `Warten, bis die Behörde über die offene Änderung entschieden hat, oder sie ablehnen lassen. ${DECLINERS.de}`, en: `Wait until the agency has decided on the open change, or have it declined. ${DECLINERS.en}`,
    },
    ({ facts }) => when(openChange(facts.children) === undefined)),
};

/** What must hold while a change of the payee's data is checked. */
export const payeeRequirements = {
  callBackPlausible: requirement<Payee>('afterChange',
    { de: 'Der Rückruf läge vor dem Vorschlag oder in der Zukunft.', en: 'The call-back would lie before the proposal or in the future.' },
    { de: 'Den Zeitpunkt angeben, zu dem wirklich angerufen wurde.', en: 'Give the instant at which the call was really made.' },
    ({ context, event }) => {
      const at = event.data?.['at'] ?? event.at;
      return when(at >= context.proposedAt && at <= event.at);
    }, { ofFields: true }),
  coolingDownOver: requirement<Payee>('later',
    { de: 'Die Wartezeit nach der Freigabe läuft noch.', en: 'The cooling down after the approval is still running.' },
    { de: 'Warten, bis sie endet.', en: 'Wait until it ends.' },
    ({ context, event, facts }) => {
      const until = coolingDownUntil(context, cycleOf(facts.cycle));
      return when(until !== null && event.at >= until.value, until === null ? {} : { from: until.value });
    }),
  payeeSuperseded: requirement<Payee>('later',
    { de: 'Es gibt keine neuere gültige Bankverbindung.', en: 'There is no newer bank data in force.' },
    { de: 'Warten, bis eine neuere gilt.', en: 'Wait until newer data holds.' },
    ({ context, facts }) => when(payeesAmong(facts.children).some((child) => child.state === 'active' && payeeIn(child).version > context.version))),
};

/** The bank's answer counts for the payee it was asked about: a newer version is asked about anew. */
export const verificationOf = ({ context, facts }: Pick<Situation<Instalment>, 'context' | 'facts'>): PayeeVerification | null =>
  (context.payeeVerification?.payeeVersion === payeeInForce(facts)?.version ? context.payeeVerification ?? null : null);

/** What must hold of the payee before money is ordered. */
export const ofThePayee = {
  payeeGiven: requirement<Instalment>('afterChange',
    { de: 'Der Zahlungsempfänger ist nicht oder nicht gültig angegeben.', en: 'The payee is missing or not valid.' },
    { de: 'Kontoinhaber und IBAN klären.', en: 'Clarify the account holder and the IBAN.' },
    ({ facts }) => when(payeeIsGiven({ payee: payeeInForce(facts) ?? {} }))),
  holderFits: requirement<Instalment>('afterChange', HOLDER_REFUSED, PROPOSE_IT_SO, ({ facts }) => holderFits(payeeInForce(facts)?.holder)),
  payeeApproved: requirement<Instalment>('afterChange',
    { de: 'Eine Änderung der Bankverbindung ist noch nicht geprüft und freigegeben.', en: 'A change of the bank data has not been checked and approved yet.' },
    {
      de: `Die Sachbearbeitung prüft die Änderung, danach gibt eine zweite Person sie frei; ist sie falsch, wird sie abgelehnt. ${DECLINERS.de}`,
      en: `The case officer checks the change, then a second person approves it; if it is wrong, it is declined. ${DECLINERS.en}`,
    },
    ({ facts }) => {
      const owner = WAITS_FOR[openChange(facts.children)?.state ?? ''];
      return owner === undefined ? true : { owner };
    }),
  payeeCooledDown: requirement<Instalment>('later',
    { de: 'Die Wartezeit nach der Freigabe der neuen Bankverbindung läuft noch.', en: 'The cooling down after the approval of the new bank data is still running.' },
    {
      de: `Die Wartezeit abwarten; ist die Änderung falsch, wird sie abgelehnt. ${DECLINERS.de}`, en: `Wait until it ends; if the change is wrong, it is declined. ${DECLINERS.en}`,
    },
    ({ event, facts }) => {
      const change = openChange(facts.children);
      const until = change?.state === 'coolingDown' ? coolingDownUntil(payeeIn(change), cycleOf(facts.cycle)) : null;
      return until === null || event.at >= until.value ? true : { from: until.value };
    }),
  payeeVerified: requirement<Instalment>('afterChange',
    { de: 'Die Bank hat den Namen des Empfängers nicht bestätigt.', en: 'The bank has not confirmed the name of the payee.' },
    { de: 'Die Antwort der Empfängerprüfung vermerken; weicht der Name ab, den Grund dazu, aus dem trotzdem gezahlt wird.', en: 'Note the answer of the verification of payee; where the name differs, with the reason for paying nevertheless.' },
    (situation) => {
      const answer = verificationOf(situation);
      if (answer === null) return when(!cycleOf(situation.facts.cycle).payeeVerificationRequired);
      return when(answer.answer !== 'noMatch' || answer.reason !== null);
    }),
};

/** Since when a change of the payee's data waits for people, or for its time. */
export const changeSince = ({ facts }: Situation<Instalment>, states: readonly string[]): string | null => {
  const change = openChange(facts.children);
  if (change === undefined || !states.includes(change.state)) return null;
  const { proposedAt, approvedAt } = payeeIn(change);
  return approvedAt ?? proposedAt;
};

/** Whether the application still pays: where it does not, no version of the payee's data comes into force. */
export const stillPays = ({ parent }: { readonly parent: { readonly state: string } | null }): boolean =>
  /^(decided|appealPeriod|active)\b/.test(parent?.state ?? '') && parent?.state !== 'active.stopped';

