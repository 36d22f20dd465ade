import { z } from 'zod';
import { formatDay } from '#calendar';
import { cents, formatEur } from '#money';
import type { EventDefinition, Json, Text } from '#kernel';
import { act, exceptional, inner, quoted, says, text } from './event.shapes.ts';
import { day, money, words } from './shapes.ts';

const euros = (amount: Json | undefined): Text => ({ de: formatEur(cents(Number(amount)), 'de'), en: formatEur(cents(Number(amount)), 'en') });

const lineChange = z.strictObject({ line: z.string().max(40), grantedCents: money });

/** What changes an award, claims what was paid beyond it, and lets one instalment pass a hold. */
export const changeEvents: { readonly [event: string]: EventDefinition } = {
  proposeChange: act({ de: 'Änderung der Bewilligung vorschlagen', en: 'Propose a change of the award' },
    (data) => {
      const lines = data['lines'] as readonly { readonly line: string; readonly grantedCents: number }[];
      const all = (language: keyof Text): string => lines.map(({ line, grantedCents }) => `${line}: ${euros(grantedCents)[language]}`).join(', ');
      return { de: `Vorgeschlagen wurde, die Bewilligung zu ändern (${all('de')}): ${quoted(data, 'reason').de}.`, en: `It was proposed to change the award (${all('en')}): ${quoted(data, 'reason').en}.` };
    }, z.strictObject({ lines: z.array(lineChange).min(1).max(210), reason: words() })),
  confirmChange: act({ de: 'Änderung der Bewilligung bestätigen', en: 'Confirm the change of the award' }, says('Die Änderung der Bewilligung wurde bestätigt.', 'The change of the award was confirmed.')),
  declineChange: act({ de: 'Änderung der Bewilligung ablehnen', en: 'Decline the change of the award' },
    (data) => ({ de: `Die Änderung der Bewilligung wurde abgelehnt: ${quoted(data, 'reason').de}.`, en: `The change of the award was declined: ${quoted(data, 'reason').en}.` }),
    z.strictObject({ reason: words() })),
  announceChange: act({ de: 'Änderung erneut bekannt geben', en: 'Announce the change again' }, says('Der Änderungsbescheid wurde erneut bekannt gegeben.', 'The notice of change was announced again.')),
  confirmRecovery: act({ de: 'Rückzahlung bestätigen', en: 'Confirm a repayment' },
    (data) => ({
      de: `${euros(data['amountCents']).de} wurden mit Wertstellung ${formatDay(text(data, 'valueDate'), 'de')} zurückgezahlt (${text(data, 'reference')}).`,
      en: `${euros(data['amountCents']).en} were paid back with value date ${formatDay(text(data, 'valueDate'), 'en')} (${text(data, 'reference')}).`,
    }), z.strictObject({ valueDate: day, amountCents: money.min(1), reference: words(200) })),
  holdAmount: act({ de: 'Betrag sperren', en: 'Hold an amount' },
    (data) => ({
      de: `${euros(data['amountCents']).de} der Rate ${text(data, 'instalment')} wurden gesperrt: ${quoted(data, 'reason').de}.`,
      en: `${euros(data['amountCents']).en} of instalment ${text(data, 'instalment')} were put on hold: ${quoted(data, 'reason').en}.`,
    }), z.strictObject({ reason: words(200), instalment: z.enum(['1', '2']), amountCents: money.min(1) })),
  proposeBypass: exceptional(act({ de: 'Zahlung trotz Sperre vorschlagen', en: 'Propose to bypass a hold' },
    (data) => ({
      de: `Vorgeschlagen wurde, Rate ${text(data, 'instalment')} trotz der Sperre ${text(data, 'hold')} zu zahlen: ${quoted(data, 'reason').de}.`,
      en: `It was proposed to pay instalment ${text(data, 'instalment')} past the hold ${text(data, 'hold')}: ${quoted(data, 'reason').en}.`,
    }), z.strictObject({ hold: words(40), instalment: z.enum(['1', '2']), reason: words() }))),
  confirmBypass: exceptional(act({ de: 'Zahlung trotz Sperre bestätigen', en: 'Confirm the bypass of a hold' }, says('Die Zahlung dieser einen Rate trotz der Sperre wurde bestätigt.', 'The payment of this one instalment past the hold was confirmed.'))),
  declineBypass: exceptional(act({ de: 'Zahlung trotz Sperre ablehnen', en: 'Decline the bypass of a hold' },
    (data) => ({ de: `Die Zahlung trotz der Sperre wurde abgelehnt: ${quoted(data, 'reason').de}.`, en: `The bypass of the hold was declined: ${quoted(data, 'reason').en}.` }),
    z.strictObject({ reason: words() }))),
  instalmentsAdjusted: inner({ de: 'Rate angepasst', en: 'Instalment adjusted' },
    ({ number }) => ({ de: `Rate ${String(number)} wurde der geänderten Bewilligung angepasst.`, en: `Instalment ${String(number)} was adjusted to the changed award.` }),
    z.strictObject({ number: z.int().min(1).max(2) })),
};

/** What an instalment hears of it. */
export const adjust: EventDefinition = inner({ de: 'Rate anpassen', en: 'Adjust the instalment' }, says('Der Betrag der Rate folgt der geänderten Bewilligung; Unterschriften sind hinfällig.', 'The amount of the instalment follows the changed award; signatures are void.'));
