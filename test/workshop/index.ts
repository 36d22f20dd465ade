export { crowd } from '#test/ground';
export { agency, editorOf, payable, seedWorkshop } from './agency.ts';
export { ToyCases } from './toy.cases.ts';
export { openWorkshop, type Workshop, type WorkshopOptions } from './workshop.ts';
