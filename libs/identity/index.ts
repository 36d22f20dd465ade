import type { Tables } from '#store';
import { FeedRow } from './feeds.entity.ts';
import { Feeds1790000000910 } from './feeds.migration.ts';
import { InstallationKeyRow, OrganisationRow, PersonRow } from './identity.entities.ts';
import { CreateIdentity } from './identity.migration.ts';

export { FeedsService, MOST_FEEDS, type Feed, type FeedOrder } from './feeds.service.ts';
export { IdentityModule } from './identity.module.ts';
export { IdentityService, IdentitySettings, type Candidate, type Recipient } from './identity.service.ts';
export {
  accountSchema, loadOrganisations, loadPeople, organisationSchema, personSchema, type Loaded, type LoadRefusal, type Organisation, type Person,
} from './people.ts';
export type { Token } from './tokens.ts';

/** What identity adds to the data source. */
export const identityTables: Tables = {
  entities: [OrganisationRow, PersonRow, InstallationKeyRow, FeedRow],
  migrations: [CreateIdentity, Feeds1790000000910],
};
