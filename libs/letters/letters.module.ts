import { Module, type DynamicModule } from '@nestjs/common';
import { LettersService, LettersSettings } from './letters.service.ts';
import { SubscriptionsService } from './subscriptions.service.ts';
import { SuppressionsService } from './suppressions.service.ts';

/** Offers letters, subscriptions and suppressions. Needs a global module that exports `Store`. */
@Module({})
export class LettersModule {
  static forRoot(settings: LettersSettings): DynamicModule {
    return {
      module: LettersModule,
      providers: [{ provide: LettersSettings, useValue: settings }, LettersService, SubscriptionsService, SuppressionsService],
      exports: [LettersService, SubscriptionsService, SuppressionsService],
    };
  }
}
