import { Module, type DynamicModule } from '@nestjs/common';
import { LettersService, LettersSettings } from './letters.service.ts';

/** Offers `LettersService`. Needs a global module that exports `Store`. */
@Module({})
export class LettersModule {
  static forRoot(settings: LettersSettings): DynamicModule {
    return {
      module: LettersModule,
      providers: [{ provide: LettersSettings, useValue: settings }, LettersService],
      exports: [LettersService],
    };
  }
}
