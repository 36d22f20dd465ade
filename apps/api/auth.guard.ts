import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { Installation } from '#apps/installation';
import { IdentityService } from '#identity';
import { Access } from './access.ts';
import { bearer } from './headers.ts';
import { Problem } from './problem.ts';
import type { ApiRequest } from './request.ts';

/** The first question to every request: who asks. Answered afresh each time, so that a removed role is gone at once. */
@Injectable()
export class AuthGuard implements CanActivate {
  readonly #reflector: Reflector;
  readonly #identity: IdentityService;
  readonly #installation: Installation;

  constructor(reflector: Reflector, identity: IdentityService, installation: Installation) {
    this.#reflector = reflector;
    this.#identity = identity;
    this.#installation = installation;
  }

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const policy = this.#reflector.getAllAndOverride(Access, [context.getHandler(), context.getClass()]);
    if (policy.demoOnly === true && this.#installation.config.mode !== 'demo') throw new Problem('notFound');
    if (policy.to === 'everyone') return true;
    const request = context.switchToHttp().getRequest<ApiRequest>();
    if (request.headers.authorization === undefined) throw new Problem('tokenMissing');
    const token = bearer(request.headers);
    const sender = token === null ? null : await this.#identity.verify(token);
    if (sender === null || 'code' in sender) throw new Problem('tokenInvalid');
    request.actor = sender;
    return true;
  }
}
