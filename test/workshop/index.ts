export { agency, editorOf, payable, seedWorkshop } from './agency.ts';
export { openWorkshop, type Workshop, type WorkshopOptions } from './workshop.ts';
