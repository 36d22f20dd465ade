import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { DiscoveryService, MetadataScanner, Reflector } from '@nestjs/core';

/** Who may call a route at all. What a person may do to a case is the programme's own table. */
export interface AccessPolicy {
  readonly to: 'everyone' | 'signedIn';
  /** The route does not exist in production. */
  readonly demoOnly?: true;
}

/** The policy of a route, or of every route of a controller. A route without one does not start. */
export const Access = Reflector.createDecorator<AccessPolicy>();

/** Refuses to start an API in which somebody forgot to say who may call a route. */
@Injectable()
export class AccessCheck implements OnApplicationBootstrap {
  readonly #discovery: DiscoveryService;
  readonly #scanner: MetadataScanner;
  readonly #reflector: Reflector;

  constructor(discovery: DiscoveryService, scanner: MetadataScanner, reflector: Reflector) {
    this.#discovery = discovery;
    this.#scanner = scanner;
    this.#reflector = reflector;
  }

  onApplicationBootstrap(): void {
    const open = this.#discovery.getControllers().flatMap(({ metatype, instance }) => {
      const prototype = Object.getPrototypeOf(instance) as Record<string, Function>;
      return this.#scanner.getAllMethodNames(prototype)
        .filter((name) => Reflect.hasMetadata('path', prototype[name] as Function))
        .filter((name) => this.#reflector.getAllAndOverride(Access, [prototype[name] as Function, metatype as Function]) === undefined)
        .map((name) => `${metatype?.name}.${name}`);
    });
    if (open.length > 0) throw new Error(`nobody has said who may call ${open.join(', ')}: give each an @Access policy`);
  }
}
