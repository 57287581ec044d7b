import { createRouter, createWebHashHistory } from 'vue-router'

/** Every screen by its link; the query of a link is checked by its screen. */
export const router = createRouter({
  history: createWebHashHistory(),
  routes: [
    { path: '/', name: 'home', component: () => import('./views/Home/HomeView.vue') },
    { path: '/new', name: 'new', component: () => import('./views/NewRun/NewRunView.vue') },
    { path: '/runs', name: 'runs', component: () => import('./views/Runs/RunsView.vue') },
    { path: '/runs/:id', name: 'run', component: () => import('./views/Run/RunView.vue') },
    { path: '/pairs', name: 'pairs', component: () => import('./views/PairLab/PairLabView.vue') },
    {
      path: '/transformations',
      name: 'transformations',
      component: () => import('./views/Transformations/TransformationsView.vue'),
    },
    // Its first name: links to it were pasted.
    { path: '/filters', redirect: '/transformations' },
    { path: '/dynamics', name: 'dynamics', component: () => import('./views/Dynamics/DynamicsView.vue') },
    { path: '/compare', name: 'compare', component: () => import('./views/Compare/CompareView.vue') },
    { path: '/data/:id?', name: 'data', component: () => import('./views/Datasets/DatasetsView.vue') },
    { path: '/queue', name: 'queue', component: () => import('./views/Queue/QueueView.vue') },
    { path: '/settings/:tab?', name: 'settings', component: () => import('./views/Settings/SettingsView.vue') },
    { path: '/:rest(.*)*', name: 'lost', component: () => import('./views/LostView.vue') },
  ],
})
