import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';

/** A municipality or the funding agency. */
@Entity('organisations')
@Check('organisations_kind', "kind in ('Kreis', 'kreisfreie Stadt', 'agency')")
@Check('organisations_facts', "jsonb_typeof(facts) = 'object'")
export class OrganisationRow {
  @PrimaryColumn('text') key: string;
  @Column('text') name: string;
  @Column('text') kind: string;
  @Column('jsonb') facts: object;
}

/** An account that acts for one organisation in one or more roles. */
@Entity('people')
@Check('people_roles', `roles <@ array['applicantEditor', 'applicantSignatory', 'caseOfficer',
  'secondApprover', 'financeCertifier', 'financeAuthoriser', 'auditor', 'administrator']`)
@Check('people_language', "language in ('de', 'en')")
export class PersonRow {
  @PrimaryColumn('text') account: string;
  @Column('text') name: string;
  @Index('people_organisation')
  @ForeignKey(() => OrganisationRow, { name: 'people_belong' })
  @Column('text') organisation: string;
  @Column('text', { array: true }) roles: string[];
  @Column('text') email: string;
  @Column('text') language: string;
  @Column('boolean') active: boolean;
}

/** A secret of the installation, made once where the operator gives none (demo only). */
@Entity('installation_keys')
export class InstallationKeyRow {
  @PrimaryColumn('text') name: string;
  @Column('bytea') secret: Buffer;
}
