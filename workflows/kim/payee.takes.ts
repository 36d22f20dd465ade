import type { Child, Context, Situation } from '#kernel';
import type { Application, Instalment } from './context.ts';
import { numberOf, payeeInForce, payeesAmong, plainIban, type Payee } from './payee.ts';

type Data = { readonly [field: string]: string | undefined };

/** The case of a payee that was just proposed: the next version after those that ever were. */
export function openPayee({ event, facts }: Situation<Application>): readonly Child[] {
  const version = payeesAmong(facts.children).length + 1;
  const { holder = '', iban = '', bic, reason = '' } = event.data as Data;
  const context: Payee = {
    version, holder, iban: plainIban(iban), bic: bic?.toUpperCase() ?? null, reason, proposedAt: event.at, checked: null, callBack: null, approvedAt: null,
  };
  return [{ number: numberOf(version), context, machine: 'payee', suffix: `P${version}` }];
}

/** What each act leaves in the context of a change of the payee's data. */
export const payeeTakes: { readonly [field: string]: (situation: Situation<Payee>) => Context } = {
  documentCheck: ({ event }): Partial<Payee> => ({ checked: { document: (event.data as Data)['document'] ?? '', at: event.at } }),
  callBack: ({ event }): Partial<Payee> => {
    const { spokenTo = '', at = event.at } = event.data as Data;
    return { callBack: { spokenTo, at } };
  },
  approval: ({ event }): Partial<Payee> => ({ approvedAt: event.at }),
};

/** The bank's answer about the payee as it now is. */
export const verificationTaken = ({ event, facts }: Situation<Instalment>): Partial<Instalment> => {
  const { answer, name, reason } = event.data as Data;
  return {
    payeeVerification: {
      answer: answer as NonNullable<Instalment['payeeVerification']>['answer'], name: name ?? null, reason: reason ?? null, at: event.at,
      payeeVersion: payeeInForce(facts)?.version ?? 0,
    },
  };
};
