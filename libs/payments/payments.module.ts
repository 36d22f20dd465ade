import { Module } from '@nestjs/common';
import { PaymentsService } from './payments.service.ts';
import { RunsService } from './runs.service.ts';

/** Offers `PaymentsService` and `RunsService`. Needs a global module that exports `Store`. */
@Module({ providers: [PaymentsService, RunsService], exports: [PaymentsService, RunsService] })
export class PaymentsModule {}
