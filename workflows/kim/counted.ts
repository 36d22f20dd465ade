import type { Text } from '#kernel';

/** What a number stands before: the words for one of it, and for none or more. */
export interface Noun {
  readonly one: Text;
  readonly many: Text;
}

export const APPLICATION_LINES: Noun = { one: { de: 'Position', en: 'line' }, many: { de: 'Positionen', en: 'lines' } };
export const PAYMENTS: Noun = { one: { de: 'Zahlung', en: 'payment' }, many: { de: 'Zahlungen', en: 'payments' } };
export const REFUSED: Noun = {
  one: { de: 'Rate wurde abgelehnt', en: 'instalment was refused' }, many: { de: 'Raten wurden abgelehnt', en: 'instalments were refused' },
};

/** "1 Zahlung", "2 Zahlungen", "0 Zahlungen". A phrase can be counted, too, where its verb follows the number. */
export function counted(count: number, { one, many }: Noun): Text {
  const { de, en } = count === 1 ? one : many;
  return { de: `${count} ${de}`, en: `${count} ${en}` };
}
