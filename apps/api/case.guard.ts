import { applyDecorators, createParamDecorator, Injectable, UseGuards, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { ApiParam } from '@nestjs/swagger';
import { CasesService, type Located } from '#cases';
import { hasEnded, isForPeople, machineOf, unknownEvent, type Actor } from '#kernel';
import { Store } from '#store';
import { Problem } from './problem.ts';
import type { ApiRequest } from './request.ts';

/** The case a route is about, as the caller may know it. */
export interface Place extends Located {
  readonly id: string;
}

/** More of a name that nobody knows is not repeated. */
const LONGEST_NAME = 60;

/** The event behind a route that is not called `actions/EVENT`. */
export const Sends = Reflector.createDecorator<string>();

/** Finds the case of a route, and the event, before the body is looked at: what is not there, or not yours, is 404. */
@Injectable()
export class CaseGuard implements CanActivate {
  readonly #cases: CasesService;
  readonly #reflector: Reflector;
  readonly #store: Store;

  constructor(cases: CasesService, reflector: Reflector, store: Store) {
    this.#cases = cases;
    this.#reflector = reflector;
    this.#store = store;
  }

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<ApiRequest>();
    const { id, event } = request.params as { id: string; event?: string };
    // Ids are ASCII; anything else would only reach the database to be refused there.
    const located = /^[\w-]{1,64}$/.test(id) ? await this.#cases.locate(id, callerOf(request)) : null;
    const own = this.#reflector.get(Sends, context.getHandler()) as string | undefined;
    if (located === null) throw new Problem('notFound');
    if (!knows(located, own, event)) throw await this.#unknown({ ...located, id }, callerOf(request), own ?? event ?? '');
    request.place = { ...located, id };
    return true;
  }

  /** Whoever may know the case is told that it is the event that is not there, and which ones are. */
  async #unknown({ id, programme, machine }: Place, actor: Actor, event: string): Promise<Problem> {
    const definition = machineOf(programme, machine);
    const [hints, view] = [await this.#cases.explain(id, actor, await this.#store.now()), await this.#cases.read(id, actor)];
    const possible = (hints ?? []).filter((hint) => isForPeople(definition, hint.event));
    const told = unknownEvent([...event].slice(0, LONGEST_NAME).join(''), possible, view === null || hasEnded(definition, view.state));
    return new Problem('notFound', { reasons: [{ code: 'notFound', ...told }] });
  }
}

/** The route is about the case in its path. */
export const OfCase = () => applyDecorators(UseGuards(CaseGuard), ApiParam({ name: 'id', description: 'The case' }));

/** Events with a route of their own are no actions. Those of the system are: people are told that they may not send them. */
export function knows({ programme, machine }: Located, own: string | undefined, action: string | undefined): boolean {
  const { events, senders } = machineOf(programme, machine);
  if (own !== undefined) return Object.hasOwn(events, own);
  if (action === undefined) return true;
  const definition = Object.hasOwn(events, action) ? events[action] : undefined;
  return definition !== undefined && (definition.hidden !== true || senders[action]?.roles.every((role) => role === 'system') === true);
}

/** Who asks. Reaching for it on a public route is a bug. */
export function callerOf({ actor }: ApiRequest): Actor {
  if (actor === undefined) throw new Error('nobody is signed in on this route');
  return actor;
}

const fromRequest = <T>(read: (request: ApiRequest) => T) =>
  createParamDecorator((_: unknown, context: ExecutionContext) => read(context.switchToHttp().getRequest<ApiRequest>()));

/** The person who asks. */
export const Caller = fromRequest(callerOf);

/** The case of the route. */
export const TheCase = fromRequest(({ place }) => {
  if (place === undefined) throw new Error('this route has no CaseGuard');
  return place;
});
