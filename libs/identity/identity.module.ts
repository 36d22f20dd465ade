import { Module, type DynamicModule } from '@nestjs/common';
import { FeedsService } from './feeds.service.ts';
import { IdentityService, IdentitySettings } from './identity.service.ts';

/** Offers `IdentityService` and `FeedsService`. Needs a global module that exports `Store`. */
@Module({})
export class IdentityModule {
  static forRoot(settings: IdentitySettings): DynamicModule {
    return {
      module: IdentityModule,
      providers: [{ provide: IdentitySettings, useValue: settings }, IdentityService, FeedsService],
      exports: [IdentityService, FeedsService],
    };
  }
}
