export { banned } from './bans.ts';
export { type Exception, type Plan, readPlan } from './plan.ts';
export { oversized, strangers, unpinned, vague } from './shape.ts';
export { type Offence, parse, readSources, type Source } from './source.ts';
export { circles, idle, undeclared, walls } from './walls.ts';
