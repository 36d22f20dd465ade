import type { Command } from 'commander';
import { formatInstant, type Language } from '#calendar';
import type { OrderPlace, PayeeFlag } from '#apps/installation';
import type { Prepared } from '#cases';
import type { Terminal } from './exit.ts';
import { paymentState, roleName } from './names.ts';
import { forPerson, type PersonOptions, Session } from './session.ts';
import { nameOf } from './words.ts';

/** Adds the command that says what stands between an instalment and its payment. */
export function addReadinessCommand(program: Command, terminal: Terminal): void {
  forPerson(program.command('readiness <case>').description('what is still missing for the payment of an instalment, or of each open one of an application'))
    .action(async (id: string, _: object, command: Command) => {
      const options: PersonOptions = command.optsWithGlobals();
      const session = await Session.open(options, terminal);
      const { body } = await session.send<{ readonly items: readonly Told[]; readonly orders: readonly OrderPlace[] }>({ path: `/cases/${await session.idOf(id)}/readiness` });
      terminal.out(options.json ? JSON.stringify(body, null, 2) : readinessList(body, session.language));
    });
}

type Told = Prepared & { readonly flags?: readonly Pick<PayeeFlag, 'code' | 'text'>[] };

/** Where what is ordered is: in which run, in which file, and what the bank should have done by now. */
export const orderLines = (orders: readonly OrderPlace[], language: Language): readonly string[] => orders.map(({ endToEndId, text }) => `${endToEndId}  ${text[language]}`);

function readinessList({ items, orders }: { readonly items: readonly Told[]; readonly orders: readonly OrderPlace[] }, language: Language): string {
  if (items.length + orders.length === 0) return { de: 'Hier ist keine Zahlung offen', en: 'no payment is open here' }[language];
  return [...orderLines(orders, language), ...items.map(({ fileNumber, state, ready, checks, flags = [] }) => [
    `${fileNumber}  ${paymentState(state)[language]}  ${(ready ? { de: 'zahlbar', en: 'ready' } : { de: 'nicht zahlbar', en: 'not ready' })[language]}`,
    ...checks.map(({ code, ok, since, owner, text, remedy, from }) => [
      `  ${ok ? '✓' : '✗'} ${code}`,
      ...(ok ? [nameOf('check', code, language)] : [`${text[language]} ${remedy[language]} (${roleName(owner, language)})`]),
      ...(since === null ? [] : [`${{ de: 'seit', en: 'since' }[language]} ${formatInstant(since, language)}`]),
      ...(from === undefined ? [] : [`${{ de: 'ab', en: 'from' }[language]} ${formatInstant(from, language)}`]),
    ].join('  ')),
    ...flags.map(({ code, text }) => `  ! ${code}  ${text[language]}`),
  ].join('\n'))].join('\n');
}
