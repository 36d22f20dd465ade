import { Module } from '@nestjs/common';
import { BankList } from './bank.list.ts';
import { BankService } from './bank.service.ts';
import { FreezeService } from './freeze.service.ts';
import { PaymentsService } from './payments.service.ts';
import { RunsService } from './runs.service.ts';

const services = [PaymentsService, RunsService, FreezeService, BankList, BankService];

/** Offers payment orders, payment runs, freezes and what the bank says of them. Needs a global module that exports `Store`. */
@Module({ providers: services, exports: services })
export class PaymentsModule {}
