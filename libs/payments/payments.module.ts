import { Module } from '@nestjs/common';
import { FreezeService } from './freeze.service.ts';
import { PaymentsService } from './payments.service.ts';
import { RunsService } from './runs.service.ts';

/** Offers `PaymentsService`, `RunsService` and `FreezeService`. Needs a global module that exports `Store`. */
@Module({ providers: [PaymentsService, RunsService, FreezeService], exports: [PaymentsService, RunsService, FreezeService] })
export class PaymentsModule {}
