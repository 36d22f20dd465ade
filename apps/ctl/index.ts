export { EXIT, Exit, type Terminal } from './exit.ts';
export { run } from './program.ts';
