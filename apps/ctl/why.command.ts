import type { Command } from 'commander';
import type { Language } from '#calendar';
import type { OrderPlace } from '#apps/installation';
import type { CaseView } from '#cases';
import { hasEnded, isForPeople, notPossibleHere, unknownEvent } from '#kernel';
import { EXIT, Exit, type Terminal } from './exit.ts';
import { eventOf, machineNamed, stateName } from './names.ts';
import { type Action, actionList } from './print.ts';
import { orderLines } from './readiness.command.ts';
import { forPerson, type PersonOptions, Session } from './session.ts';

/** Adds the command that says of one event whether it is possible, whatever the state of the case. */
export function addWhyCommand(program: Command, terminal: Terminal): void {
  forPerson(program.command('why <case> <event>').description('whether this person may send an event now, and every reason why not'))
    .action(async (id: string, event: string, _: object, command: Command) => {
      const options: PersonOptions = command.optsWithGlobals();
      const session = await Session.open(options, terminal);
      const path = `/cases/${await session.idOf(id)}`;
      const { body } = await session.send<{ readonly items: readonly Action[] }>({ path: `${path}/actions` });
      const action = body.items.find((item) => item.event === event);
      const { orders } = (await session.send<{ readonly orders: readonly OrderPlace[] }>({ path: `${path}/readiness` })).body;
      const where = orderLines(orders, session.language);
      if (action === undefined) throw notHere((await session.send<CaseView>({ path })).body, { event, possible: body.items, where }, session.language);
      terminal.out(options.json ? JSON.stringify(action, null, 2) : [actionList([action], session.language), ...where].join('\n'));
    });
}

/** Why an event is not among those of the present state: it comes elsewhere in the lifecycle, or there is no such event. */
function notHere({ state, machine }: CaseView, { event, possible, where }: { readonly event: string; readonly possible: readonly Action[]; readonly where: readonly string[] }, language: Language): Exit {
  const known = eventOf(event, machine);
  const definition = machineNamed(machine, state);
  const forPeople = possible.filter((action) => definition === null || isForPeople(definition, action.event));
  const ended = definition === null ? possible.length === 0 : hasEnded(definition, state);
  const unknown = unknownEvent(event, forPeople, ended);
  const told = (code: string, text: string): Exit => new Exit(EXIT.refused, [`${code}: ${text} ${unknown.remedy[language]}`, ...where].join('\n'));
  if (known === null) return told('notFound', unknown.text[language]);
  const name = `${event} (${known.label[language]}):`;
  return known.hidden === true ? told('notFound', `${name} ${UNTOLD[language]}`) : told('notPossibleHere', `${name} ${notPossibleHere(stateName(state, machine), [], ended).text[language]}`);
}

const UNTOLD = { de: 'Zu diesem Schritt wird vorab nichts gesagt.', en: 'Nothing is said of this step in advance.' } as const;
