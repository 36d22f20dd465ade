import { Module } from '@nestjs/common';
import { FilesService } from './files.service.ts';

/** Offers `FilesService`. Needs a global module that exports `Store`. */
@Module({ providers: [FilesService], exports: [FilesService] })
export class FilesModule {}
