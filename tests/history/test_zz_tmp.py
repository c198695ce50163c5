import pytest
from app.ledger.words import Cause
def test_nul(world, api):
    c=world.create('claim', world.claim())
    for u in [f'/v1/claims?as_of=seq:5&place=%00','/v1/changes?place=%00','/v1/changes?place=a%00b&after=0','/v1/exports/claims.csv?place=%00','/v1/exports/claims.csv?q=%00',f'/v1/claims/{c}/history?cursor=%00',f'/v1/claims/{c}%00/history','/v1/actors/a%00/history','/v1/reports/%ED%A0%80/revisions/1','/v1/changes?crisis=%ED%A0%80','/v1/claims?as_of=seq:3&q=%ED%A0%80','/v1/exports/claims.csv?publisher=%F0%9F','/v1/claims?as_of=seq:999999999999999999','/v1/changes?after=999999999999999999',f'/v1/claims/{c}/revisions/999999999','/v1/places/%00?as_of=seq:1']:
        r=api.get(u); assert r.status_code<500,(u,r.status_code,r.text)
