export { agency, editorOf, payable, seedWorkshop } from './agency.ts';
export { crowd } from './crowd.ts';
export { ToyCases } from './toy.cases.ts';
export { openWorkshop, type Workshop, type WorkshopOptions } from './workshop.ts';
