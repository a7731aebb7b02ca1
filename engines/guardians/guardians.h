/* guardians.h: who acts for a person who cannot act alone: the parents of a child under 18, as the register of people knows them, and
 * guardians by a paper that the commune recorded. It ends when the ward comes of age, on its last day, on death. Each stands in the
 * grants of the guardian's accounts as well (accounts.h: capacities), so that acting for a ward is a hat.
 *
 * Law: Bộ luật Dân sự 91/2015/QH13 Điều 20-24 (age, capacity), 46-63 (guardianship), Luật Hộ tịch 60/2014/QH13 Điều 19-23 (the commune
 * records it), Luật Hôn nhân và gia đình 52/2014/QH13 Điều 73 (parents represent their child).
 */
#ifndef BON_ENGINES_GUARDIANS_H
#define BON_ENGINES_GUARDIANS_H

#include "engines/audit/audit.h"

enum guardian_kind { GUARDIAN_NOT, GUARDIAN_PARENT, GUARDIAN_BY_PAPER };
/* What a person is to another on a day: may they act for them? */
int guardian_on(struct dbr *r, struct arena *a, int64_t guardian, int64_t ward, struct day on, enum guardian_kind *out, struct err *e);

/* At the door; the caller writes the record. What the registers say of a person's wards, into the grants of their accounts. */
int guardians_tell_accounts(struct tx *tx, struct arena *a, int64_t guardian, struct err *e);

extern const struct module guardians_module;

#endif
