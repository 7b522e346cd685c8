"""Provinces and communes, with what they were called before."""
