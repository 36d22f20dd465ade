import { Inject, Injectable } from '@nestjs/common';
import { IdentityService } from '#identity';
import type { EffectOf } from './effects.ts';

/** Someone a letter goes to, with where. */
export interface Addressee {
  readonly account: string;
  readonly address: string;
  readonly language: 'de' | 'en';
}

/** Who gets a letter, as people are now. */
@Injectable()
export class RecipientsService {
  constructor(@Inject(IdentityService) private readonly identity: IdentityService) {}

  /** Everyone of its roles, of the agency or of the organisation; only the person whose matter it is, while that person acts. */
  async of({ to, person }: Pick<EffectOf<'letter'>['payload'], 'to' | 'person'>, organisation: string | null): Promise<readonly Addressee[]> {
    const people = await this.identity.recipients(to, organisation);
    const own = people.filter(({ account }) => account === person);
    return (own.length > 0 ? own : people).map(({ account, email, language }) => ({ account, address: email, language }));
  }
}
