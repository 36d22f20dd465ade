import { Module } from '@nestjs/common';
import { PaymentsService } from './payments.service.ts';

/** Offers `PaymentsService`. Needs a global module that exports `Store`. */
@Module({ providers: [PaymentsService], exports: [PaymentsService] })
export class PaymentsModule {}
