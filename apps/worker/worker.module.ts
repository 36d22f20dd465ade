import { Module, type DynamicModule } from '@nestjs/common';
import { AroundPayments, Undelivered } from '#apps/installation';
import { QueueModule, type QueueSettings } from '#queue';
import { BankProcessor } from './bank.processor.ts';
import { DeadlineProcessor } from './deadline.processor.ts';
import { DigestService } from './digest.service.ts';
import { DriftService } from './drift.service.ts';
import { EffectsService } from './effects.service.ts';
import { FreezeLetters } from './freeze.letters.ts';
import { LetterDesk } from './letter.desk.ts';
import { LetterProcessor } from './letter.processor.ts';
import { LetterWriter } from './letter.writer.ts';
import { PayoutProcessor } from './payout.processor.ts';
import { ReconcilerService } from './reconciler.service.ts';
import { RecipientsService } from './recipients.service.ts';
import { RelayService } from './relay.service.ts';
import { RunProcessor } from './run.processor.ts';
import { RunRows } from './run.rows.ts';
import { Surroundings } from './surroundings.ts';
import { SweepService } from './sweep.service.ts';
import { WorkerSettings } from './worker.settings.ts';
import { WorkersService } from './workers.service.ts';

/** Relay, deadlines and outward work. Needs the installation's services as global providers; any number may run. */
@Module({})
export class WorkerModule {
  static forRoot(queue: QueueSettings, settings: WorkerSettings = new WorkerSettings()): DynamicModule {
    return {
      module: WorkerModule,
      imports: [QueueModule.forRoot(queue)],
      providers: [
        { provide: WorkerSettings, useValue: settings },
        DigestService, LetterWriter, LetterDesk, FreezeLetters, RecipientsService, Undelivered, AroundPayments, EffectsService, SweepService, DeadlineProcessor, LetterProcessor, PayoutProcessor, BankProcessor, RunProcessor, RunRows, Surroundings, WorkersService, RelayService, DriftService, ReconcilerService,
      ],
      exports: [WorkersService],
    };
  }
}
