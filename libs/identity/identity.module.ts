import { Module, type DynamicModule } from '@nestjs/common';
import { IdentityService, IdentitySettings } from './identity.service.ts';

/** Offers `IdentityService`. Needs a global module that exports `Store`. */
@Module({})
export class IdentityModule {
  static forRoot(settings: IdentitySettings): DynamicModule {
    return {
      module: IdentityModule,
      providers: [{ provide: IdentitySettings, useValue: settings }, IdentityService],
      exports: [IdentityService],
    };
  }
}
