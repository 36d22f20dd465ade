import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who may act: organisations, their people by function, and the key that signs tokens where none is configured. */
export class CreateIdentity implements MigrationInterface {
  readonly name = 'CreateIdentity1790000000300';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table organisations (
        key text primary key,
        name text not null,
        kind text not null constraint organisations_kind check (kind in ('Kreis', 'kreisfreie Stadt', 'agency')),
        facts jsonb not null constraint organisations_facts check (jsonb_typeof(facts) = 'object')
      );

      create table people (
        account text primary key,
        name text not null,
        organisation text not null constraint people_belong references organisations,
        roles text[] not null constraint people_roles check (roles <@ array['applicantEditor', 'applicantSignatory', 'caseOfficer',
          'secondApprover', 'financeCertifier', 'financeAuthoriser', 'auditor', 'administrator']),
        email text not null,
        language text not null constraint people_language check (language in ('de', 'en')),
        active boolean not null
      );
      create index people_organisation on people (organisation);

      create table installation_keys (
        name text primary key,
        secret bytea not null
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table people; drop table organisations; drop table installation_keys');
  }
}
