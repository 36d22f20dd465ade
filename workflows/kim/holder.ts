import type { Failure, Text } from '#kernel';
import { holderFault, LONGEST, type LineFault } from '#latin';

/** Whoever counts letters finds fewer than banks do. */
const COUNTED: Text = { de: `höchstens ${LONGEST.holder} Zeichen, wobei ä, ö, ü und ß zwei sind`, en: `up to ${LONGEST.holder} characters, where ä, ö, ü and ß are two` };

/** Why no bank file carries the name of an account holder; what is missing is another finding. */
const FAULTS: { readonly [fault in Exclude<LineFault, 'missing'>]: Text } = {
  unseen: { de: 'Der Name enthält Zeichen, die man nicht sieht; bitte neu eintippen.', en: 'The name contains characters that cannot be seen; please type it anew.' },
  notLatin: { de: 'Der Name hat keinen Buchstaben, den Banken schreiben; bitte in lateinischer Schrift angeben.', en: 'The name has no letter that banks write; please give it in Latin script.' },
  tooLong: { de: `Der Name ist für eine Überweisung zu lang; bitte kürzen: ${COUNTED.de}.`, en: `The name is too long for a credit transfer; please shorten it: ${COUNTED.en}.` },
};

/** What is wrong with a holder's name, for people, and the longest that it may be where it is too long; null for one that is missing or fits. */
export function holderTold(name: string | undefined): { readonly text: Text; readonly required: number | true } | null {
  const fault = holderFault(name ?? '');
  return fault === null || fault === 'missing' ? null : { text: FAULTS[fault], required: fault === 'tooLong' ? LONGEST.holder : true };
}

/** Whether a bank file carries the name; one that is missing is said to be by another requirement. */
export const holderFits = (name: string | undefined): true | Failure => (holderTold(name) === null ? true : {});

/** The refusal of a name that no bank file carries, wherever it is met. */
export const HOLDER_REFUSED: Text = {
  de: 'Den Namen des Kontoinhabers trägt keine Überweisung: Er ist zu lang, enthält Zeichen, die man nicht sieht, oder hat keinen Buchstaben, den Banken schreiben.',
  en: 'No credit transfer carries the name of the account holder: it is too long, contains characters that cannot be seen, or has no letter that banks write.',
};

/** What whoever enters the name can do. */
export const WRITE_IT_SO: Text = {
  de: `Den Namen in lateinischer Schrift und ohne unsichtbare Zeichen angeben: ${COUNTED.de}.`, en: `Give the name in Latin script and without invisible characters: ${COUNTED.en}.`,
};

/** What whoever pays can do. */
export const PROPOSE_IT_SO: Text = {
  de: `Die Bankverbindung mit einem Namen neu vorschlagen, der hineinpasst: lateinische Schrift, ${COUNTED.de}. Sobald sie gilt, kann die Rate festgestellt werden.`,
  en: `Propose the bank data anew with a name that fits: Latin script, ${COUNTED.en}. Once it holds, the instalment can be certified.`,
};
