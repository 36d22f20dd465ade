import type { Tables } from '#store';
import { InstallationKeyRow, OrganisationRow, PersonRow } from './identity.entities.ts';
import { CreateIdentity } from './identity.migration.ts';

export { IdentityModule } from './identity.module.ts';
export { IdentityService, IdentitySettings, type Candidate, type Recipient } from './identity.service.ts';
export {
  accountSchema, loadOrganisations, loadPeople, organisationSchema, personSchema, type Loaded, type LoadRefusal, type Organisation, type Person,
} from './people.ts';
export type { Token } from './tokens.ts';

/** What identity adds to the data source. */
export const identityTables: Tables = {
  entities: [OrganisationRow, PersonRow, InstallationKeyRow],
  migrations: [CreateIdentity],
};
