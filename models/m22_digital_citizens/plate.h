/* plate.h: plates of digital addresses: a code on a door, known to whoever scans it; bound to a household, and evidence for those who live
 * there once somebody has seen it hang.
 */
#ifndef BON_MODELS_DIGITAL_CITIZENS_PLATE_H
#define BON_MODELS_DIGITAL_CITIZENS_PLATE_H

#include "models/m22_digital_citizens/pages.h"

enum { PLATES_AT_ONCE = 100 }; /* assigned in one act */

/* "24640-00123-4": the last digit is a check over those before it (ISO 7064, MOD 11,10), so that a slip of the pen is noticed. */
struct str plate_code(struct arena *a, const struct unit_code *unit, int64_t number);
bool plate_code_sound(struct str code);

struct plate_line {
    int64_t household;
    struct str household_code;
    struct digital_plates_of_hamlet_row plate; /* id 0: none yet */
};
struct plates_view {
    struct hamlet hamlet;
    VEC(struct plate_line) lines;
    int64_t mounted, assigned, without; /* hanging; waiting to be hung; without a code */
    bool may_settle;
    struct str key;
};
struct plate_view {
    struct digital_plate_by_code_row plate;
    struct household at;
    bool may_settle;
    struct str key;
    struct day today;
};

extern const struct form plate_mount_form, plate_end_form;

route_read_fn plates_get, plates_pdf, plate_get, to_plates, to_plate, address_get;
route_prepare_fn plates_assign_prepare, plate_mount_prepare, plate_end_prepare;
route_write_fn plates_assign_write, plate_mount_write, plate_end_write;

#endif
