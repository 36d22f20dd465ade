import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Documents, and their contents once each under their SHA-256. */
export class CreateFiles implements MigrationInterface {
  readonly name = 'CreateFiles1790000000600';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table blobs (
        sha256 text primary key,
        content bytea not null,
        constraint blobs_addressed_by_content check (sha256 = encode(sha256(content), 'hex'))
      );
      alter table blobs alter column content set storage external;

      create table documents (
        id uuid primary key,
        case_id text not null,
        kind text not null,
        name text not null,
        bytes integer not null constraint documents_bytes check (bytes > 0),
        sha256 text not null constraint documents_content references blobs,
        uploaded_by text not null,
        at timestamptz(3) not null
      );
      create index documents_case on documents (case_id);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table documents; drop table blobs');
  }
}
