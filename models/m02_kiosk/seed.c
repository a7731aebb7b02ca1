/* seed.c: one kiosk in the synthetic province, for which a browser may stand in: in the commune of the demo's people. */
#include "models/m02_kiosk/kiosk.h"

#include "engines/people/seed.h"
#include "engines/people/seed_make.h"

static int seed_write(struct tx *tx, void *arg, struct err *e)
{
    const struct unit_code *unit = arg;
    int64_t id;
    tx_unaudited(tx, "the synthetic province");
    return edge_device_add(tx, unit, STR(KIOSK_MODEL), STR("Sảnh một cửa"), &id, e);
}

int kiosk_seed(struct app *app, const struct seed_world *w, struct err *e)
{
    struct unit_code unit = w->communes[w->n_demo > 0 ? w->demo[0].commune : 0].code;
    return db_write(app->db, seed_write, &unit, e);
}
