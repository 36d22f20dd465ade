import { setTimeout as pause } from 'node:timers/promises';
import { Controller, Get } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Store, Unavailable } from '#store';
import { Answers, Public } from './answers.ts';
import { health } from './wire.ts';

/** Real milliseconds in which the database must answer for the API to count as ready. */
const PATIENCE_MS = 2_000;

/** Whether the process lives, and whether it can do its work. */
@ApiTags('operations')
@Public()
@Controller('health')
export class HealthController {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  @Get('live')
  @ApiOperation({ summary: 'The process answers' })
  @Answers({ status: 200, schema: health })
  live(): { status: 'ok' } {
    return { status: 'ok' };
  }

  @Get('ready')
  @ApiOperation({ summary: 'The database answers too' })
  @Answers({ status: 200, schema: health })
  async ready(): Promise<{ status: 'ok' }> {
    const timeUp = new AbortController();
    const late = pause(PATIENCE_MS, undefined, { signal: timeUp.signal }).then(() => { throw new Unavailable('the database is too slow'); });
    late.catch(() => undefined);
    try {
      await Promise.race([this.#store.now(), late]);
    } finally {
      timeUp.abort();
    }
    return { status: 'ok' };
  }
}
