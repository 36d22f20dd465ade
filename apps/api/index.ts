export { ApiModule } from './api.module.ts';
export { API_PREFIX, apiOptions, configureApi } from './configure.ts';
export { createLog } from './log.ts';
export { actions, caseView, casePage, document, exceptions, formAnswer, inboxPage, matches, problem, programmes, timeline } from './wire.ts';
export { feeds, newFeed } from './wire.feeds.ts';
export { readiness } from './wire.readiness.ts';
export { deadlines, exceptionRegister } from './wire.lists.ts';
export { bounce, mailChoice, mailChoices, suppressions } from './wire.mail.ts';
export { bulkAnswer, comingLetters, cycleDetail, cycles, revisions, roundPreview } from './wire.rounds.ts';
