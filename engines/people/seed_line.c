/* seed_line.c: see seed_line.h. */
#include "engines/people/seed_line.h"

#include <string.h>

/* A block that is free to be filled; NULL: stop. */
static struct seed_block *free_block(struct seed_line *l)
{
    pthread_mutex_lock(&l->lock);
    while (l->made - l->loaded == LINE_BLOCKS && !l->stop)
        pthread_cond_wait(&l->changed, &l->lock);
    struct seed_block *b = l->stop ? NULL : &l->blocks[l->made % LINE_BLOCKS];
    pthread_mutex_unlock(&l->lock);
    return b;
}

static void hand_over(struct seed_line *l, bool made, bool last)
{
    pthread_mutex_lock(&l->lock);
    l->made += made;
    l->failed = !made;
    l->ended = last || !made;
    pthread_cond_broadcast(&l->changed);
    pthread_mutex_unlock(&l->lock);
}

static void *make_blocks(void *arg)
{
    struct seed_line *l = arg;
    struct seed_block *b;
    while ((b = free_block(l))) {
        bool made = seed_generation_next(l->generation, b), last = b->last;
        hand_over(l, made, last);
        if (last || !made)
            break;
    }
    return NULL;
}

int seed_line_start(struct seed_line *l, struct seed_generation *g, struct err *e)
{
    memset(l, 0, sizeof *l);
    l->generation = g;
    pthread_mutex_init(&l->lock, NULL);
    pthread_cond_init(&l->changed, NULL);
    int failed = pthread_create(&l->maker, NULL, make_blocks, l);
    if (!failed)
        return 0;
    pthread_cond_destroy(&l->changed);
    pthread_mutex_destroy(&l->lock);
    return ERR(e, ERR_INTERNAL, "seed: no thread: %s", strerror(failed));
}

int seed_line_take(struct seed_line *l, int least, const struct seed_block **blocks, struct err *e)
{
    pthread_mutex_lock(&l->lock);
    while (l->made - l->loaded < least && !l->ended)
        pthread_cond_wait(&l->changed, &l->lock);
    int n = (int)(l->made - l->loaded);
    bool failed = l->failed;
    for (int i = 0; i < n; i++)
        blocks[i] = &l->blocks[(l->loaded + i) % LINE_BLOCKS];
    pthread_mutex_unlock(&l->lock);
    return failed ? ERR(e, ERR_INTERNAL, "seed: no memory for a block of rows") : n;
}

void seed_line_give_back(struct seed_line *l, int n)
{
    pthread_mutex_lock(&l->lock);
    l->loaded += n;
    pthread_cond_broadcast(&l->changed);
    pthread_mutex_unlock(&l->lock);
}

void seed_line_end(struct seed_line *l, bool stop)
{
    pthread_mutex_lock(&l->lock);
    l->stop = stop;
    pthread_cond_broadcast(&l->changed);
    pthread_mutex_unlock(&l->lock);
    pthread_join(l->maker, NULL);
    for (size_t i = 0; i < LINE_BLOCKS; i++)
        seed_block_release(&l->blocks[i]);
    pthread_cond_destroy(&l->changed);
    pthread_mutex_destroy(&l->lock);
}
