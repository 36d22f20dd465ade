import { formatEnd, formatInstant } from '#calendar';
import { CyclesService, Programmes } from '#cases';
import type { Config } from '#apps/installation';
import { Store } from '#store';
import type { Standalone } from './standalone.ts';

/** What somebody who has just started it wants to know: where to look, as whom, and with which token. */
export async function welcome({ mode }: Pick<Config, 'mode'>, { app, database, url }: Standalone): Promise<string> {
  const where = database.folder === null ? 'on the database of DATABASE_URL' : `data in ${database.folder}`;
  const head = `Tranche is ready: ${url}/docs  (${mode}, ${where})\n`;
  if (mode === 'production') return `${head}  a token    npm run -s ctl -- token ACCOUNT\nCtrl-C stops it.\n`;
  const now = await app.get(Store).now();
  const rounds = (await app.get(CyclesService).list()).map(({ id, programme, data }) => {
    const cutOffAt = app.get(Programmes).current(programme)?.cycle.sheet(data).cutOffAt;
    return cutOffAt === undefined ? id : `${id}, applications until ${formatEnd(cutOffAt, 'en')}`;
  });
  const first = rounds[0]?.split(',')[0] ?? 'CYCLE';
  return [
    head,
    `  now        ${formatInstant(now, 'en')} in Berlin; \`npm run -s ctl -- clock INSTANT\` moves it forwards`,
    `  round      ${rounds.join('; ')}`,
    '  accounts   editor-KEY and signatory-KEY of 53 districts and cities: editor-05315 is Köln\'s',
    '             officer1 officer2 approver1 approver2 certifier1 authoriser1 auditor1 admin1 allrounder1',
    '  a token    npm run -s ctl -- token editor-05315        paste it into /docs under Authorize',
    `  begin      npm run -s ctl -- do new open programme=kim cycle=${first} applicant=05315 --as editor-05315`,
    '',
    'Ctrl-C stops it; the data stays.',
    '',
  ].join('\n');
}
