import type { LetterDefinition, Situation, Text } from '#kernel';
import { applicationIn, type Instalment } from '../context.ts';
import { heldBecause } from '../hold.reasons.ts';
import { holdsOn } from '../holds.ts';
import { amountNamed, obstacles } from './obstacles.ts';
import { APPLICANT, both, letterAbout, onDay } from './paper.ts';
import { stateOf } from './unattended.ts';

type Case = Situation<Instalment>;

const PORTAL: Text = { de: 'Bitte lassen Sie Ihre zeichnungsberechtigte Person über das Portal eine Bankverbindung vorschlagen.', en: 'Please have your signatory propose bank data via the portal.' };

/** What of the agency's own list the municipality can see to, or at least has a part in; the rest is told as work that goes on. */
const THEIRS: { readonly [code: string]: Text } = {
  payeeGiven: { de: `Es fehlt eine Bankverbindung, an die wir zahlen können. ${PORTAL.de}`, en: `There is no bank data to pay to. ${PORTAL.en}` },
  holderFits: {
    de: 'Der Name des Kontoinhabers lässt sich in der hinterlegten Schreibweise nicht an die Bank übermitteln. Bitte lassen Sie Ihre zeichnungsberechtigte Person über das Portal die Bankverbindung mit anderer Schreibweise vorschlagen.',
    en: 'The account holder as it is written cannot be sent to the bank. Please have your signatory propose the bank data with another spelling via the portal.',
  },
  payeeApproved: { de: 'Eine neue Bankverbindung ist vorgeschlagen und wird noch geprüft; bis dahin wird nicht gezahlt.', en: 'New bank data has been proposed and is still being checked; until then nothing is paid.' },
  payeeCooledDown: { de: 'Eine neue Bankverbindung ist freigegeben, gilt aber erst nach einer Wartezeit von wenigen Arbeitstagen.', en: 'New bank data has been approved but comes into force only after a waiting time of a few working days.' },
  payeeVerified: {
    de: 'Die Bank hat den Namen des Kontoinhabers nicht bestätigt. Bitte prüfen Sie die hinterlegte Bankverbindung und sagen Sie uns unter dem Aktenzeichen, ob sie richtig ist.',
    en: 'The bank did not confirm the name of the account holder. Please check the bank data that we have and tell us under the file number whether it is right.',
  },
  previousSettled: { de: 'Die vorherige Rate ist noch nicht ausgezahlt; diese folgt danach.', en: 'The previous instalment is not paid yet; this one follows after it.' },
};

const AT_WORK: Text = { de: 'Die Bezirksregierung bearbeitet die Auszahlung noch; von Ihnen ist dazu derzeit nichts zu veranlassen.', en: 'The agency is still working on the payment; there is nothing for you to do about it at present.' };

const GIVEN_BACK: Text = {
  de: 'Ein Zahlungsauftrag ist nicht oder nicht ganz ausgeführt worden; wir klären, woran es lag. Haben wir Sie dazu schon angeschrieben, gilt, worum wir Sie dort gebeten haben.',
  en: 'A payment order was not carried out, or not all of it; we are finding out why. If we have written to you about it already, what we asked you for there stands.',
};

function held({ context, facts }: Case): readonly Text[] {
  const because = [...new Set(holdsOn(context.number, applicationIn(facts)).map(({ reason }) => reason))].map(heldBecause);
  return because.map(({ why, todo }) => ({ de: `Die Auszahlung ist gesperrt: ${why.de}. ${todo.de}`, en: `The payment is on hold: ${why.en}. ${todo.en}` }));
}

/** Why the money has not come, without what is nobody's matter outside: each reason once. */
function reasons(situation: Case): readonly Text[] {
  if (stateOf(situation) === 'returned') return [GIVEN_BACK];
  const found = obstacles(situation).flatMap(({ code }) => (code === 'noHoldInScope' ? held(situation) : THEIRS[code] ?? []));
  return found.length === 0 ? [AT_WORK] : found;
}

/** Not optional: whoever plans with the money has to know that it comes later. */
export const notPaidYet: LetterDefinition<Instalment> = {
  to: ({ context }) => (context.openCents > 0 && context.paidCents === 0 ? APPLICANT : []),
  words: (situation) => {
    const { context, facts } = situation;
    const [what, day, why] = [amountNamed(context), onDay(context.payOn), reasons(situation)];
    return letterAbout(applicationIn(facts), { de: `Rate ${context.number} noch nicht ausgezahlt`, en: `Instalment ${context.number} not paid yet` }, {
      de: `${what.de} war zum ${day.de} vorgesehen und ist noch nicht ausgezahlt. Der Grund:`, en: `${what.en} was planned for ${day.en} and is not paid yet. The reason:`,
    }, both((language) => why.map((each) => `- ${each[language]}`).join('\n')), {
      de: 'Ihr Bescheid bleibt davon unberührt. Sobald das Geld ausgezahlt ist, erhalten Sie Nachricht; erst mit der Auszahlung beginnt die Frist von zwei Monaten, um es zu verwenden.',
      en: 'Your notice stands as it is. You will be told once the money is paid; only with the payment does the period of two months for using it begin.',
    });
  },
};
