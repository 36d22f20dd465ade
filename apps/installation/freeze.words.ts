import { formatInstant } from '#calendar';
import type { LetterWords, Text } from '#kernel';
import type { Freeze } from '#payments';

/** That all payments stand still, since when, by whom and why, and what comes first: to whoever could wonder why nothing is paid. */
export const frozenTold = ({ at, account, reason }: Freeze): Text => ({
  de: `Alle Zahlungen sind seit dem ${formatInstant(at, 'de')} angehalten (${account}: „${reason}“). Zuerst bitte klären, was an die Bank hinausging, und die Zahlungen wieder zulassen; das muss eine andere Person mit Anordnungsbefugnis sein als die, die sie angehalten hat. Bis dahin lässt sich kein Zahlungslauf vorbereiten.`,
  en: `All payments have been frozen since ${formatInstant(at, 'en')} (${account}: “${reason}”). First please find out what went out to the bank and lift the freeze; it has to be another authoriser than who froze them. Until then no payment run can be prepared.`,
});

/** A restore is noticed by the system, everything else by a person. */
const by = ({ account }: Freeze): Text => (account === 'system' ? { de: 'Das System', en: 'The system' } : { de: account, en: account });

/** After a restore the database does not know what went out; whoever freezes for another reason mostly wants to look before more does. */
const WHAT_TO_DO: Text = {
  de: 'Was zu tun ist:\n- nichts mehr bei der Bank einreichen, auch keine schon heruntergeladene Datei, bis der Grund geklärt ist\n- mit der Bank und den Kontoauszügen vergleichen, was hinausging\n- danach lässt eine andere Person mit Anordnungsbefugnis die Zahlungen wieder zu und nennt dabei, was hinausging, ohne dass diese Datenbank es weiß\nBis dahin wird keine Zahlung angeordnet, kein Lauf vorbereitet und keine Datei geschrieben. Nichts geht verloren: Was wartet, geht danach von selbst weiter.',
  en: 'What is to be done:\n- take nothing more to the bank, not even a file that was downloaded before, until the reason is clarified\n- compare with the bank and its statements what went out\n- then another authoriser lets payments go on and names what went out without this database knowing of it\nUntil then no payment is ordered, no run is prepared and no file is written. Nothing is lost: what waits then goes on by itself.',
};

const greeted = (subject: Text, closing: Text | undefined, ...body: readonly Text[]): LetterWords => ({
  subject,
  text: {
    de: ['Sehr geehrte Damen und Herren,', ...body.map(({ de }) => de), ...(closing === undefined ? [] : [closing.de])].join('\n\n'),
    en: ['Dear Sir or Madam,', ...body.map(({ en }) => en), ...(closing === undefined ? [] : [closing.en])].join('\n\n'),
  },
});

function resumed({ account, at, reason, liftedBy, liftedAt, liftReason }: Freeze, goneOut: readonly string[]): readonly Text[] {
  const until = liftedAt ?? at;
  return [{
    de: `${liftedBy ?? ''} hat die Zahlungen am ${formatInstant(until, 'de')} wieder zugelassen: „${liftReason ?? ''}“. Angehalten waren sie seit dem ${formatInstant(at, 'de')} (${account}: „${reason}“).`,
    en: `${liftedBy ?? ''} let payments go on again on ${formatInstant(until, 'en')}: “${liftReason ?? ''}”. They had been frozen since ${formatInstant(at, 'en')} (${account}: “${reason}”).`,
  }, goneOut.length === 0 ? { de: 'Als hinausgegangen wurde nichts genannt.', en: 'Nothing was named as gone out.' } : {
    de: `Als hinausgegangen genannt sind, und werden von hier nicht noch einmal gesendet:\n${goneOut.map((reference) => `- ${reference}`).join('\n')}`,
    en: `Named as gone out, and never sent again from here, are:\n${goneOut.map((reference) => `- ${reference}`).join('\n')}`,
  }, {
    de: 'Was gewartet hat, geht von selbst weiter. Als Nächstes: die offenen Zahlungsläufe ansehen und, was keine Datei hat, in einen neuen Lauf nehmen.',
    en: 'What waited goes on by itself. Next: please look at the open payment runs, and put what has no file into a new one.',
  }];
}

/** What finance and the administration are told when payments are frozen, and when they go on again. */
export function freezeLetter(freeze: Freeze, { lifted, goneOut, closing }: { readonly lifted: boolean; readonly goneOut: readonly string[]; readonly closing?: Text }): LetterWords {
  if (lifted) return greeted({ de: 'Zahlungen wieder zugelassen', en: 'Payments go on again' }, closing, ...resumed(freeze, goneOut));
  return greeted({ de: 'Alle Zahlungen sind angehalten', en: 'All payments are frozen' }, closing, {
    de: `${by(freeze).de} hat am ${formatInstant(freeze.at, 'de')} alle Zahlungen angehalten: „${freeze.reason}“.`, en: `${by(freeze).en} froze all payments on ${formatInstant(freeze.at, 'en')}: “${freeze.reason}”.`,
  }, WHAT_TO_DO);
}
