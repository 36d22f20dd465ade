import { Processor, WorkerHost } from '@nestjs/bullmq';
import { Inject } from '@nestjs/common';
import type { Job } from 'bullmq';
import { CasesService, loadJournal } from '#cases';
import { IdentityService } from '#identity';
import { SYSTEM } from '#kernel';
import { LettersService } from '#letters';
import { Store } from '#store';
import type { Carried, EffectOf } from './effects.ts';
import { EffectsService } from './effects.service.ts';
import { JOB_RULES } from './job.rules.ts';

/** Writes a letter for everyone it goes to and sends it; what has gone is never sent again, what cannot arrive is no fault. */
@Processor('letters', { ...JOB_RULES, concurrency: 8 })
export class LetterProcessor extends WorkerHost {
  constructor(
    @Inject(EffectsService) private readonly effects: EffectsService,
    @Inject(Store) private readonly store: Store,
    @Inject(CasesService) private readonly cases: CasesService,
    @Inject(IdentityService) private readonly identity: IdentityService,
    @Inject(LettersService) private readonly letters: LettersService,
  ) {
    super();
  }

  process(job: Job): Promise<void> {
    return this.effects.work(job, 'letter', (effect) => this.send(effect));
  }

  private async send(effect: EffectOf<'letter'>): Promise<Carried> {
    const { id, caseId, rootId, payload: { kind, to, person, words, optional } } = effect;
    const found = await this.cases.read(caseId, SYSTEM);
    if (found === null) return { is: 'refused', why: 'no such case' };
    if (await this.overtaken(effect, found.state)) return { is: 'done' };
    const people = await this.identity.recipients(to, found.applicant.key);
    if (people.length === 0) return { is: 'refused', why: `nobody of ${found.applicant.key} or the agency is ${to.join(' or ')}` };
    const own = people.filter(({ account }) => account === person);
    const recipients = (own.length > 0 ? own : people).map(({ account, email, language }) => ({ account, address: email, language }));
    const frozen = await this.store.transaction((tx) => this.letters.freeze(tx, { effectId: id, caseId, rootId, kind, words, recipients, ...(optional && { optional }) }));
    if ('code' in frozen) return { is: 'refused', why: `${frozen.code}: ${frozen.accounts.join(', ')}` };
    await this.letters.sendAll(frozen);
    return { is: 'done' };
  }

  /** A clock's event that moved nothing only reminded; once the case has moved on, nobody needs reminding. */
  private async overtaken({ rootId, caseId, journalSeq }: EffectOf<'letter'>, state: string): Promise<boolean> {
    const entry = (await loadJournal(this.store, rootId)).find(({ seq }) => seq === journalSeq);
    return entry?.caseId === caseId && entry.account === SYSTEM.account && entry.fromState === entry.toState && entry.toState !== state;
  }
}
