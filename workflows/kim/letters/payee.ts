import { LONGEST, toSepa } from '#latin';
import type { LetterDefinition, Member, Role, Situation, Text } from '#kernel';
import { applicationIn, type Application } from '../context.ts';
import { cycleOf } from '../cycle.ts';
import { lookAlike, sameName } from '../look-alike.ts';
import { lastFour, payeeIn, payeeOf, payeesAmong, type Payee } from '../payee.ts';
import { spanAfter } from '../spans.ts';
import { aboutReminder, toSuperiors } from './escalation.ts';
import { APPLICANT, letterAbout, onDay } from './paper.ts';

type Case = Situation<Application>;

const said = ({ event }: Pick<Situation, 'event'>, field: string): string => String(event.data?.[field] ?? '');

/** The payee's data before and after: of the proposal that comes in, or of the version that has just come into force. */
function change(situation: Case): { readonly old: string; readonly fresh: string; readonly holder: string } {
  const { context, event, facts: { children } } = situation;
  const version = event.type === 'proposePayee' ? undefined : payeesAmong(children).find(({ number }) => number === event.data?.['number']);
  const old = lastFour(payeeOf(context, children.filter((child) => child !== version))?.iban ?? '');
  if (version === undefined) return { old, fresh: lastFour(said(situation, 'iban')), holder: said(situation, 'holder') };
  const { iban, holder } = payeeIn(version);
  return { old, fresh: lastFour(iban), holder };
}

const OBJECT: Text = {
  de: 'Haben Sie das nicht veranlasst, lassen Sie die Änderung bitte sofort von einer zeichnungsberechtigten Person Ihrer Kommune ablehnen oder rufen Sie uns unter der Ihnen bekannten Nummer an. Aus Gründen der Sicherheit nennen wir von der IBAN nur die letzten vier Stellen.',
  en: 'If you did not ask for this, please have a signatory of your municipality decline the change at once, or call us under the number you know. For safety we name only the last four characters of an IBAN.',
};

function proposed(situation: Case): readonly Text[] {
  const { old, fresh } = change(situation);
  const days = spanAfter(cycleOf(situation.facts.cycle).coolingDownWorkingDays);
  return [{
    de: `für Ihre Förderung wurde eine andere Bankverbindung vorgeschlagen: statt IBAN ${old} künftig IBAN ${fresh}. Wir prüfen sie und rufen Sie dazu an; nach der Freigabe gilt sie erst nach einer Wartezeit von ${days.de}. Bis dahin wird nichts ausgezahlt.`,
    en: `Other bank data was proposed for your grant: IBAN ${fresh} instead of IBAN ${old}. We check it and call you back; once approved it comes into force after ${days.en}. Until then nothing is paid.`,
  }, OBJECT];
}

function inForce(situation: Case): readonly Text[] {
  const { old, fresh } = change(situation);
  return [{
    de: `ab sofort wird Ihre Förderung auf das Konto mit der IBAN ${fresh} gezahlt, nicht mehr auf das mit der IBAN ${old}.`,
    en: `From now on your grant is paid to the account with the IBAN ${fresh}, no longer to the one with the IBAN ${old}.`,
  }, {
    de: 'Haben Sie das nicht veranlasst, rufen Sie uns bitte sofort unter der Ihnen bekannten Nummer an.', en: 'If you did not ask for this, please call us at once under the number you know.',
  }];
}

/** What whoever decides on a holder should look at, beside the others known here: names that can be taken for each other are the oldest trick. */
function suspicions(holder: string, { applicant, form }: Pick<Application, 'applicant' | 'form'>, children: readonly Member[]): readonly Text[] {
  const known = [payeeOf({ form }, children)?.holder ?? '', applicant.name, ...payeesAmong(children).map((child) => payeeIn(child).holder)];
  const alike = [...new Set(known)].filter((name) => lookAlike(name, holder));
  const other = known.some((name) => sameName(name, holder));
  return [
    ...alike.map((name): Text => ({
      de: `Achtung: „${holder}“ sieht aus wie „${name}“, ist aber nicht derselbe Name. Bitte Buchstabe für Buchstabe vergleichen.`,
      en: `Attention: “${holder}” looks like “${name}” but is not the same name. Please compare letter by letter.`,
    })),
    ...(alike.length > 0 || other ? [] : [{ de: 'Der Kontoinhaber ist ein anderer als bisher.', en: 'The account holder is another one than before.' }]),
  ];
}

/** What the bank will get of a name that it writes in another way: whoever checks compares it with the document, too. */
function atTheBank(holder: string): readonly Text[] {
  const written = toSepa(holder, LONGEST.holder);
  return written === holder ? [] : [{ de: `Die Bank erhält den Namen als „${written}“.`, en: `The bank gets the name as “${written}”.` }];
}

/** A letter knows its own family only. */
const FLAGS: Text = {
  de: 'Ob dieselbe IBAN oder ein zum Verwechseln ähnlicher Name bei einer anderen Kommune steht, sagt dieses Schreiben nicht: Das zeigen die Auffälligkeiten der Zahlungsempfänger, die bei diesem Vorgang neben den Voraussetzungen der Raten stehen. Bitte vor der Entscheidung dort nachsehen.',
  en: 'This letter does not say whether another municipality has the same IBAN or a name that can be taken for this one: what stands out about payees does, beside the readiness of the instalments of this case. Please look there before you decide.',
};

/** Letters of an application about another payee. The one to the applicant is never optional: it is how a fraud is noticed. */
export const payeeChangeLetters: { readonly [kind: string]: LetterDefinition<Application> } = {
  payeeChanged: {
    to: () => APPLICANT,
    words: (situation) => (situation.event.type === 'proposePayee'
      ? letterAbout(situation.context, { de: 'Änderung der Bankverbindung vorgeschlagen', en: 'Change of bank data proposed' }, ...proposed(situation))
      : letterAbout(situation.context, { de: 'Neue Bankverbindung gilt', en: 'New bank data in force' }, ...inForce(situation))),
  },
  payeeToCheck: {
    to: () => ['caseOfficer'],
    words: (situation) => {
      const { old, fresh, holder } = change(situation);
      return letterAbout(situation.context, { de: 'Bitte die neue Bankverbindung prüfen', en: 'Please check the new bank data' }, {
        de: `vorgeschlagen ist ${holder}, IBAN ${fresh}, statt IBAN ${old}: ${said(situation, 'reason')}. Bitte den Beleg prüfen und unter der Nummer aus der Akte zurückrufen, nie unter einer aus dem Vorschlag. Wer vorschlägt, prüft nicht selbst.`,
        en: `${holder}, IBAN ${fresh}, is proposed instead of IBAN ${old}: ${said(situation, 'reason')}. Please check the document and call back under the number on file, never under one from the proposal. Whoever proposes does not check.`,
      }, ...atTheBank(holder), ...suspicions(said(situation, 'holder'), situation.context, situation.facts.children), FLAGS);
    },
  },
};

const TO_DO = {
  document: { de: 'den Beleg prüfen', en: 'check the document' },
  callBack: { de: 'unter der Nummer aus der Akte zurückrufen', en: 'call back under the number on file' },
  approval: { de: 'freigeben oder ablehnen', en: 'approve or decline' },
} as const satisfies { readonly [step: string]: Text };

/** Letters of a change of the payee's data itself. */
export const payeeLetters: { readonly [kind: string]: LetterDefinition<Payee> } = {
  payeeToApprove: {
    to: () => ['secondApprover'],
    words: ({ context, facts }) => letterAbout(applicationIn(facts), { de: 'Neue Bankverbindung freigeben?', en: 'Approve the new bank data?' }, {
      de: `Beleg und Rückruf zur Bankverbindung ${context.holder}, IBAN ${lastFour(context.iban)}, sind vermerkt. Bitte freigeben oder ablehnen; bis dahin wird nichts ausgezahlt.`,
      en: `Document and call-back for ${context.holder}, IBAN ${lastFour(context.iban)}, are noted. Please approve or decline; until then nothing is paid.`,
    }, ...atTheBank(context.holder), ...suspicions(context.holder, applicationIn(facts), facts.children.filter((child) => child.machine !== 'payee' || payeeIn(child).version !== context.version)), FLAGS),
  },
  payeeWaits: {
    to: (situation) => [...new Set<Role>([situation.context.callBack === null ? 'caseOfficer' : 'secondApprover', ...toSuperiors(situation)])],
    words: (situation) => {
      const { context, facts } = situation;
      const next = context.checked === null ? TO_DO.document : context.callBack === null ? TO_DO.callBack : TO_DO.approval;
      return letterAbout(applicationIn(facts), { de: 'Neue Bankverbindung liegt', en: 'New bank data lies' }, {
        de: `die vorgeschlagene Bankverbindung ${context.holder}, IBAN ${lastFour(context.iban)}, liegt seit dem ${onDay(said(situation, 'since')).de}. Als Nächstes: ${next.de}. Bis dahin wird nichts ausgezahlt.`,
        en: `The proposed bank data ${context.holder}, IBAN ${lastFour(context.iban)}, has been lying since ${onDay(said(situation, 'since')).en}. Next: ${next.en}. Until then nothing is paid.`,
      }, ...aboutReminder(situation));
    },
  },
  payeeDeclined: {
    to: () => [...APPLICANT, 'caseOfficer'],
    words: (situation) => {
      const { context, facts } = situation;
      return letterAbout(applicationIn(facts), { de: 'Änderung der Bankverbindung abgelehnt', en: 'Change of bank data declined' }, {
        de: `die vorgeschlagene Bankverbindung (IBAN ${lastFour(context.iban)}) wurde abgelehnt: ${said(situation, 'reason')}. Es bleibt bei der bisherigen.`,
        en: `The proposed bank data (IBAN ${lastFour(context.iban)}) was declined: ${said(situation, 'reason')}. The present one stays in force.`,
      });
    },
  },
};
