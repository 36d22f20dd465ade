import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A municipality or the funding agency. */
@Entity('organisations')
export class OrganisationRow {
  @PrimaryColumn('text') key: string;
  @Column('text') name: string;
  @Column('text') kind: string;
  @Column('jsonb') facts: object;
}

/** An account that acts for one organisation in one or more roles. */
@Entity('people')
export class PersonRow {
  @PrimaryColumn('text') account: string;
  @Column('text') name: string;
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
