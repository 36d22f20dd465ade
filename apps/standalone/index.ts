export { PortTaken, type Standalone, startStandalone } from './standalone.ts';
