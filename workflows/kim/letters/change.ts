import { dayOf } from '#calendar';
import type { LetterDefinition, Situation, Text } from '#kernel';
import { claimedCents } from '../change.ts';
import type { Application } from '../context.ts';
import { awardOf } from '../money.ts';
import { remedyInstruction } from './notice.ts';
import { APPLICANT, both, euros, letterAbout, onDay } from './paper.ts';

type Case = Situation<Application>;

const lines = ({ context }: Case): Text => both((language) => context.lines
  .map(({ line, grantedCents, reason }) => `- ${line}: ${euros(grantedCents ?? 0)[language]}${reason === null ? '' : ` (${reason})`}`).join('\n'));

const instalments = ({ context }: Case): Text => both((language) => (context.shares ?? [])
  .map(({ amountCents, paidCents }, index) => (language === 'de'
    ? `- Rate ${index + 1}: ${euros(amountCents).de}, davon ausgezahlt ${euros(paidCents).de}`
    : `- instalment ${index + 1}: ${euros(amountCents).en}, of which paid ${euros(paidCents).en}`)).join('\n'));

const claim = ({ context }: Case): readonly Text[] => {
  const claimed = claimedCents(context);
  return claimed === 0 ? [] : [{
    de: `Damit sind ${euros(claimed).de} mehr ausgezahlt als bewilligt. Dieser Betrag ist zu erstatten; bitte unter Angabe des Aktenzeichens überweisen.`,
    en: `With this ${euros(claimed).en} more was paid than is granted. This amount has to be paid back; please give the file number with the transfer.`,
  }];
};

/** Letters about a changed award. */
export const changeLetters: { readonly [kind: string]: LetterDefinition<Application> } = {
  awardChanged: {
    to: () => APPLICANT,
    undelivered: 'reportUndelivered',
    words: (situation) => letterAbout(situation.context, { de: 'Änderungsbescheid', en: 'Notice of change' },
      { de: `Bescheid vom ${onDay(dayOf(situation.event.at)).de}`, en: `Notice of ${onDay(dayOf(situation.event.at)).en}` },
      {
        de: `Der Zuwendungsbescheid wird geändert. Bewilligt sind nun ${euros(awardOf(situation.context.lines)).de}:`,
        en: `The grant notice is changed. Granted are now ${euros(awardOf(situation.context.lines)).en}:`,
      },
      lines(situation),
      { de: 'Die Raten betragen nun:', en: 'The instalments are now:' },
      instalments(situation),
      ...claim(situation),
      remedyInstruction(situation)),
  },
};
