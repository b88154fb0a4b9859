import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Acting } from '../../platform/acting.ts'
import { contextOf, type Tx } from '../../platform/database/index.ts'
import { aPerson, testClock, testDatabase } from '../../platform/testing/test-database.ts'
import { aCompleteReview, anOpenReview, aReviewToSign, aSignedReview, signNow, writeReview } from '../builders.ts'
import { columnsOfReview } from '../review.ts'
import { takeBack } from './ask-for-signatures.ts'
import { addToGroup } from './change-group.ts'
import { sendRapidReview } from './send-rapid-review.ts'
import { markSent, readReview } from './store.ts'

// Whatever query reaches the database in somebody's name: what holds is what the database holds to.

type Columns = Partial<Record<'status' | 'answers' | 'text_hash' | 'due_on', string>> & { sent_at?: Date }
const changing = (incidentId: string, set: Columns) => (tx: Tx) =>
  tx.updateTable('rapid_review').set(set).where('incident_id', '=', incidentId).execute()
const other = JSON.stringify({ ...aCompleteReview(), learning: 'Nobody read this.' })

async function standing(manager: Acting, incidentId: string) {
  const review = await manager.transaction(tx => readReview(tx, incidentId))
  return [review?.status, review?.answers.learning]
}

test('a draft is not sent, and only whoever sends a review asks for its signatures', async () => {
  const { area, place, manager } = await anOpenReview()
  const { incidentId } = place
  await writeReview(manager, incidentId)
  const partner = await aPerson('safeguarding-partner', area.police)
  await addToGroup(manager, incidentId, partner.personId)
  const sending = changing(incidentId, { status: 'sent', sent_at: testClock.now() })
  for (const who of [manager, partner]) await assert.rejects(who.transaction(sending), /waits for signatures|row-level/)
  await assert.rejects(
    partner.transaction(changing(incidentId, { status: 'signing', text_hash: 'a hash', answers: other })),
    /asks for its signatures/,
  )
  for (const who of [manager, partner]) {
    await assert.rejects(who.transaction(changing(incidentId, { due_on: '2030-01-01' })), /permission denied/)
  }
  assert.deepEqual(await standing(manager, incidentId), ['draft', aCompleteReview().learning])
})

test('signatures of one text do not send another', async () => {
  const { place, manager } = await aSignedReview()
  const { incidentId } = place
  const review = (await manager.transaction(tx => readReview(tx, incidentId)))!
  const hash = review.textHash!
  await assert.rejects(
    manager.transaction(tx => markSent(tx, review, { answers: JSON.parse(other), hash, lateReason: undefined })),
    /row-level security/,
  )
  await assert.rejects(
    manager.transaction(changing(incidentId, { status: 'sent', sent_at: testClock.now() })),
    /sent with its version/,
  )
  await takeBack(manager, incidentId)
  await manager.transaction(changing(incidentId, { answers: other }))
  await assert.rejects(
    manager.transaction(changing(incidentId, { status: 'signing', text_hash: hash })),
    /that of another text/,
  )
  await manager.transaction(changing(incidentId, { answers: JSON.stringify(aCompleteReview()) }))
  await manager.transaction(changing(incidentId, { status: 'signing', text_hash: hash }))
  await sendRapidReview(manager, incidentId)
})

test('with two signatures, or one that was overtaken by a sending-back, nothing is sent', async () => {
  const { area, place, manager } = await aReviewToSign()
  const { incidentId } = place
  const signers = await Promise.all(
    [area.authority, area.icb, area.police].map(body => aPerson('safeguarding-partner', body)),
  )
  const [authority, icb, police] = signers as [Acting, Acting, Acting]
  const review = (await manager.transaction(tx => readReview(tx, incidentId)))!
  const hash = review.textHash!
  const send = () =>
    manager.transaction(tx => markSent(tx, review, { answers: review.answers, hash, lateReason: undefined }))
  await signNow(authority, incidentId)
  await signNow(icb, incidentId)
  await assert.rejects(send(), /signatures of its three partners/)
  await signNow(police, incidentId)
  await police.transaction(tx =>
    tx
      .insertInto('review_sent_back')
      .values({
        ...columnsOfReview(place),
        partner: 'police',
        text_hash: hash,
        person_id: police.personId,
        reason: 'A call is missing.',
        sent_back_at: contextOf(tx).now,
      })
      .execute(),
  )
  await assert.rejects(send(), /signatures of its three partners/)
  await signNow(police, incidentId)
  await send()
})

test('a signature is of the text that waits, of now, and overtaken when it is sent back', async () => {
  const { area, place, manager } = await aReviewToSign()
  const { textHash } = (await manager.transaction(tx => readReview(tx, place.incidentId)))!
  const police = await aPerson('safeguarding-partner', area.police)
  const given = {
    ...columnsOfReview(place),
    partner: 'police',
    person_id: police.personId,
    text_hash: textHash!,
  }
  const late = new Date('2099-01-01')
  for (const wrong of [{ sent_back_before: 1000 }, { text_hash: 'another text' }, { signed_at: late }]) {
    await assert.rejects(
      police.transaction(tx =>
        tx
          .insertInto('review_signature')
          .values({ ...given, body_code: area.police, signed_at: contextOf(tx).now, ...wrong })
          .execute(),
      ),
      /row-level security/,
      JSON.stringify(wrong),
    )
  }
  for (const wrong of [{ text_hash: 'another text' }, { sent_back_at: late }]) {
    await assert.rejects(
      police.transaction(tx =>
        tx
          .insertInto('review_sent_back')
          .values({ ...given, reason: 'A call is missing.', sent_back_at: contextOf(tx).now, ...wrong })
          .execute(),
      ),
      /row-level security/,
      JSON.stringify(wrong),
    )
  }
  await signNow(police, place.incidentId)
})

test('a login that is only a member of the application’s role changes no text that waits either', async () => {
  const { place, manager } = await aReviewToSign()
  const database = await testDatabase()
  await database.asOwner(async client => {
    await client.query('begin')
    try {
      await client.query('create role weathervane_test_member in role weathervane_app')
      await client.query(`select weathervane_begin($1, $2, '', '2026-03-02', $3)`, [
        manager.personId,
        manager.appointmentId,
        testClock.now(),
      ])
      await client.query('set local role weathervane_test_member')
      await assert.rejects(
        client.query(`update rapid_review set answers = $1, status = 'draft' where incident_id = $2`, [
          other,
          place.incidentId,
        ]),
        /stands still/,
      )
    } finally {
      await client.query('rollback')
    }
  })
})
