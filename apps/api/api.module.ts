import { Module } from '@nestjs/common';
import { APP_GUARD, APP_PIPE, DiscoveryModule } from '@nestjs/core';
import { AroundPayments, Undelivered } from '#apps/installation';
import { AccessCheck } from './access.ts';
import { ActionsController } from './actions.controller.ts';
import { AuthGuard } from './auth.guard.ts';
import { BankEntriesController } from './bank-entries.controller.ts';
import { BankFilesController } from './bank-files.controller.ts';
import { BouncesController } from './bounces.controller.ts';
import { BulkSelectionsController } from './bulk-selections.controller.ts';
import { BulkController } from './bulk.controller.ts';
import { CasesController } from './cases.controller.ts';
import { ClocksController } from './clocks.controller.ts';
import { Commands } from './commands.ts';
import { CyclesController } from './cycles.controller.ts';
import { DeadlinesController } from './deadlines.controller.ts';
import { DemoController } from './demo.controller.ts';
import { DocumentsController } from './documents.controller.ts';
import { Drawing } from './drawing.ts';
import { ExceptionList } from './exception.list.ts';
import { MoneyExceptions } from './exception.money.ts';
import { ExceptionsController } from './exceptions.controller.ts';
import { FeedsController } from './feeds.controller.ts';
import { FormController } from './form.controller.ts';
import { FreezeController } from './freeze.controller.ts';
import { HealthController } from './health.controller.ts';
import { HistoryController } from './history.controller.ts';
import { InboxController } from './inbox.controller.ts';
import { LetterKinds } from './letter-kinds.ts';
import { MailController } from './mail.controller.ts';
import { PayeeFlagsController } from './payee-flags.controller.ts';
import { PaymentAnswersController } from './payment-answers.controller.ts';
import { PaymentRunPapersController } from './payment-run.papers.controller.ts';
import { PaymentRunsController } from './payment-runs.controller.ts';
import { ProgrammesController } from './programmes.controller.ts';
import { ReadinessController } from './readiness.controller.ts';
import { RegisterController } from './register.controller.ts';
import { RemindersController } from './reminders.controller.ts';
import { Refusals } from './refusals.ts';
import { RunViews } from './run.views.ts';
import { ShapePipe } from './shape.pipe.ts';
import { StatementPapers } from './statement.papers.ts';
import { StatementsController } from './statements.controller.ts';
import { SuppressionsController } from './suppressions.controller.ts';
import { TimeMachine } from './time-machine.ts';
import { UnsubscribeController } from './unsubscribe.controller.ts';
import { WaitingList } from './waiting.list.ts';

/** The HTTP API over the capabilities of an installation, whose module is imported beside it. */
@Module({
  imports: [DiscoveryModule],
  controllers: [
    HealthController, ProgrammesController, CyclesController, RemindersController, BulkController, BulkSelectionsController, CasesController, ActionsController, FormController, DocumentsController, HistoryController, ReadinessController,
    PaymentRunsController, PayeeFlagsController, PaymentRunPapersController, FreezeController, DeadlinesController, FeedsController, RegisterController, ExceptionsController, ClocksController,
    BankFilesController, BankEntriesController, PaymentAnswersController, StatementsController,
    MailController, UnsubscribeController, BouncesController, SuppressionsController, InboxController, DemoController,
  ],
  providers: [
    AccessCheck, AroundPayments, Commands, Drawing, ExceptionList, LetterKinds, MoneyExceptions, Refusals, RunViews, StatementPapers, TimeMachine, Undelivered, WaitingList,
    { provide: APP_GUARD, useClass: AuthGuard },
    { provide: APP_PIPE, useClass: ShapePipe },
  ],
})
export class ApiModule {}
