import { Inject, Injectable } from '@nestjs/common';
import { CasesService } from '#cases';
import { machineOf, SYSTEM } from '#kernel';
import { LettersService } from '#letters';
import { Store } from '#store';

/**
 * Tells a case that a letter it depends on reached none of its readers, such as a hearing: then nobody was heard. Safe to
 * be told again: a case that has moved on refuses.
 */
@Injectable()
export class Undelivered {
  constructor(
    @Inject(Store) private readonly store: Store,
    @Inject(CasesService) private readonly cases: CasesService,
    @Inject(LettersService) private readonly letters: LettersService,
  ) {}

  async tell({ caseId, effectId, kind }: { readonly caseId: string; readonly effectId: number; readonly kind: string }): Promise<void> {
    const place = await this.cases.locate(caseId, SYSTEM);
    const event = place === null ? undefined : machineOf(place.programme, place.machine).letters[kind]?.undelivered;
    if (event === undefined || !(await this.letters.nobodyReached(effectId))) return;
    await this.cases.advance({ caseId, event, data: { reason: 'E-Mail unzustellbar / mail undeliverable' }, actor: SYSTEM, at: await this.store.now() });
  }
}
