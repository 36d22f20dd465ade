import type { Text } from '#kernel';
import type { Doubt } from './payment-answers.words.ts';

/** What was done about a payment beside its lifecycle: by event, and what it was about. */
export interface ActWords {
  readonly event: 'confirmPaymentAnswer' | 'resolveBankEntry' | 'freezePayments' | 'liftFreeze';
  /** The doubt that was confirmed, or how the bank's message was resolved. */
  readonly what: string | null;
  readonly reference: string | null;
  readonly reason: string;
}

const CONFIRMED: { readonly [doubt in Doubt]: (reference: string) => Text } = {
  settledFromFile: (reference) => ({
    de: `Bestätigt wurde, dass die Zahlung ${reference} ausgeführt ist, obwohl sie in keiner Zahlungsdatei steht`, en: `It was confirmed that the payment ${reference} is settled although no payment file carries it`,
  }),
  settlementTold: (reference) => ({ de: `Bestätigt wurde, dass die Zahlung ${reference} ausgeführt ist`, en: `It was confirmed that the payment ${reference} is settled` }),
  valueDateTold: (reference) => ({
    de: `Vermerkt wurde, dass die Bank für die Zahlung ${reference} eine andere Wertstellung nennt`, en: `It was noted that the bank gives another value date for the payment ${reference}`,
  }),
  returnTold: (reference) => ({
    de: `Bestätigt wurde, dass das Geld der Zahlung ${reference} zurück ist oder nie geflossen ist`, en: `It was confirmed that the money of the payment ${reference} is back or never left`,
  }),
  executedTold: (reference) => ({ de: `Bestätigt wurde, dass das Geld der Zahlung ${reference} wieder auf dem Konto ist`, en: `It was confirmed that the money of the payment ${reference} is back on the account` }),
  noReturnTold: (reference) => ({ de: `Bestätigt wurde, dass die Kommune das Geld der Zahlung ${reference} hat`, en: `It was confirmed that the municipality has the money of the payment ${reference}` }),
  recoveryTold: (reference) => ({
    de: `Bestätigt wurde, dass die Kommune Zurückgefordertes gezahlt hat (letzte Zahlung an sie: ${reference})`, en: `It was confirmed that the municipality has paid back what was claimed (last payment to it: ${reference})`,
  }),
  importerApart: (reference) => ({
    de: `Bestätigt wurde am Konto, dass das Geld der Zahlung ${reference} zurück ist oder nie geflossen ist`, en: `It was confirmed on the account that the money of the payment ${reference} is back or never left`,
  }),
};

const RESOLVED: { readonly [action: string]: (reference: string) => Text } = {
  retry: (reference) => ({ de: `Die Bankmeldung zur Zahlung ${reference} wurde erneut zugeordnet`, en: `The bank's message about the payment ${reference} was matched again` }),
  done: (reference) => ({ de: `Die Bankmeldung zur Zahlung ${reference} wurde als erledigt abgelegt`, en: `The bank's message about the payment ${reference} was put aside as done` }),
  ignore: (reference) => ({ de: `Die Bankmeldung zur Zahlung ${reference} wurde als unbeachtlich abgelegt`, en: `The bank's message about the payment ${reference} was put aside as of no account` }),
};

function done({ event, what, reference }: ActWords): Text {
  const [about, of] = [what ?? '', reference ?? '–'];
  if (event === 'freezePayments') return { de: 'Alle Zahlungen wurden angehalten, auch die dieser Rate', en: 'All payments were frozen, that of this instalment as well' };
  if (event === 'liftFreeze') return { de: 'Die Zahlungen wurden wieder zugelassen', en: 'Payments were let go on again' };
  const words = event === 'confirmPaymentAnswer' ? CONFIRMED[about as Doubt] : RESOLVED[about];
  if (words === undefined) throw new Error(`${event} knows nothing of ${about}`);
  return words(of);
}

/** One sentence, with the reason that was given. */
export const actTold = (act: ActWords): Text => ({ de: `${done(act).de}: „${act.reason}“.`, en: `${done(act).en}: “${act.reason}”.` });
