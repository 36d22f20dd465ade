import { Module } from '@nestjs/common';
import { BankList } from './bank.list.ts';
import { BankService } from './bank.service.ts';
import { PaymentsService } from './payments.service.ts';

/** Offers payment orders and what the bank says of them. Needs a global module that exports `Store`. */
@Module({ providers: [PaymentsService, BankList, BankService], exports: [PaymentsService, BankList, BankService] })
export class PaymentsModule {}
