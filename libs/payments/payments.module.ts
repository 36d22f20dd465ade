import { Module } from '@nestjs/common';
import { BankList } from './bank.list.ts';
import { BankService } from './bank.service.ts';
import { FreezeService } from './freeze.service.ts';
import { PaymentsService } from './payments.service.ts';
import { RunsService } from './runs.service.ts';

/** Offers payment orders, runs, freezes, and what the bank says. Needs a global module that exports `Store`. */
@Module({ providers: [PaymentsService, RunsService, FreezeService, BankList, BankService], exports: [PaymentsService, RunsService, FreezeService, BankList, BankService] })
export class PaymentsModule {}
